import Features
import RandomStreams
import Sessions
import Statistics
import Testing

/// The encoder, which works on cells of bytes, against a slow direct reading of its definition.
@Suite struct DirectEncodingTests {
  @Test(arguments: 1...8 as ClosedRange<UInt64>)
  func encodingIsWhatItsDefinitionSays(_ seed: UInt64) throws {
    var stream = RandomStream(seed: seed, "direct encoding")
    let sessions = (0..<30).map { _ in session(oddItems(&stream), user: oddFeatures(&stream)) }
    var configuration = SchemaConfiguration()
    configuration.includeItemID = true
    configuration.augment.rank = ["score"]
    configuration.augment.share = ["brand", "mixed", "tags"]
    configuration.item.fields["mixed"] = FieldConfiguration(.categorical)
    configuration.item.fields["tags"] = FieldConfiguration(.bag)
    if seed > 4 {
      configuration.item.fields["brand"] = FieldConfiguration(.categorical)
      configuration.item.fields["brand"]?.hashBuckets = 5
    }
    let schema = try fitted(configuration, sessions)
    for _ in 0..<20 {
      let request = session(oddItems(&stream), user: oddFeatures(&stream)).request
      let encoded = schema.encode(request)
      #expect(encoded.item == directlyEncoded(request.candidates, schema.item))
      let user = Candidate(id: request.user.id, features: request.user.features)
      #expect(encoded.user == directlyEncoded([user], schema.user))
    }
  }

  @Test func aWrongEncodingIsFound() throws {
    let sessions = mixedSessions(seed: 1, count: 10)
    let schema = try fitted(mixedConfiguration(), sessions)
    var side = schema.encode(sessions[0].request).item
    side.indices[0] += 1
    #expect(side != directlyEncoded(sessions[0].request.candidates, schema.item))
  }

  /// Features of every kind, absurd and accented ones among them: `K` is the Kelvin sign, which
  /// Unicode calls equal to the letter.
  private func oddFeatures(_ stream: inout RandomStream) -> FeatureMap {
    let texts = ["a", "K", "\u{212a}", "e\u{301}", "\u{e9}", "", "5", "true"]
    let numbers = [0, -0.0, 1.5, 5, 1e31, .nan, .infinity, -3, 9.5e15]
    func text() -> String { texts[stream.below(texts.count)] }
    var features: FeatureMap = [:]
    if stream.below(4) > 0 { features["score"] = .number(numbers[stream.below(numbers.count)]) }
    if stream.below(4) > 0 { features["brand"] = .text(text()) }
    if stream.below(4) > 0 { features["e\u{301}t\u{e9}"] = .number(Double(stream.below(5))) }
    if stream.below(4) > 0 {
      features["tags"] = .texts((0..<stream.below(4)).map { _ in text() })
    }
    switch stream.below(4) {
    case 0: features["mixed"] = .text(text())
    case 1: features["mixed"] = .flag(stream.below(2) == 0)
    case 2: features["mixed"] = .number(numbers[stream.below(4)])
    default: features["mixed"] = .texts([text(), text()])
    }
    return features
  }

  private func oddItems(_ stream: inout RandomStream) -> [FeatureMap] {
    var items: [FeatureMap] = []
    for _ in 0...stream.below(12) { items.append(oddFeatures(&stream)) }
    return items
  }
}

/// Each row's inputs, one feature after another, by dictionaries and texts.
private func directlyEncoded(_ rows: [Candidate], _ side: FittedSide) -> EncodedSide {
  var encoded = EncodedSide(rows: rows.count)
  for row in rows {
    encoded.numbers += directNumbers(row, among: rows, side)
    for field in side.categoricals {
      let reads = side.includesID && field.name == "id"
      let value = reads ? row.id : row.features[field.name]?.categories.first
      encoded.indices.append(value.map { directRow($0, field.vocabulary) } ?? 1)
    }
    if encoded.bagOffsets.isEmpty, !side.bags.isEmpty { encoded.bagOffsets = [0] }
    for field in side.bags {
      let values = row.features[field.name]?.categories ?? []
      encoded.bagIndices +=
        values.isEmpty ? [1] : values.map { directRow($0, field.vocabulary) }
      encoded.bagOffsets.append(Int32(encoded.bagIndices.count))
    }
  }
  return encoded
}

private func directNumbers(
  _ row: Candidate, among rows: [Candidate], _ side: FittedSide
) -> [Float] {
  func number(_ row: Candidate, _ name: String) -> Double? {
    row.features[name]?.number.flatMap { abs($0) <= 1e30 ? $0 : nil }
  }
  var numbers: [Float] = []
  for field in side.numbers {
    let value = number(row, field.name)
    numbers.append(value.map(field.normaliser.normalised) ?? 0)
    if field.indicator { numbers.append(value == nil ? 1 : 0) }
  }
  for field in side.ranks {
    let values = rows.compactMap { number($0, field.name) }
    if let own = number(row, field.name), values.count > 1 {
      let above = values.filter { $0 > own }.count
      let equal = values.filter { $0 == own }.count
      numbers.append(Float(2 * above + equal - 1) / Float(2 * (values.count - 1)))
    } else {
      numbers.append(0.5)
    }
    if field.indicator { numbers.append(number(row, field.name) == nil ? 1 : 0) }
  }
  for name in side.shares {
    func group(_ row: Candidate) -> String? {
      row.features[name]?.categories.joined(separator: "\u{1f}")
    }
    let own = group(row)
    let same = own == nil ? 1 : rows.filter { group($0) == own }.count
    numbers.append(Float(same) / Float(rows.count))
  }
  return numbers
}

private func directRow(_ value: String, _ vocabulary: Vocabulary) -> Int32 {
  if let buckets = vocabulary.buckets {
    return 2 + Int32(Fingerprint.of(value) % UInt64(buckets))
  }
  return vocabulary.values.firstIndex(of: value).map { Int32($0) + 2 } ?? 0
}
