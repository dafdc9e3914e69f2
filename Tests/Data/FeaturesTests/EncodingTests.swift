import Features
import Foundation
import RandomStreams
import Sessions
import Testing

@Suite struct EncodingTests {
  @Test func numbersAreStandardisedByTraining() throws {
    let schema = try fitted(
      SchemaConfiguration(), [session([1, 2, 3, 6].map { ["price": .number($0)] })])
    let request = session([3, 4.5].map { ["price": .number($0)] }).request
    let encoded = schema.encode(request).item
    // mean 3, variance (4 + 1 + 0 + 9) / 4
    let expected = [0, Float(1.5 / 3.5.squareRoot())]
    #expect(schema.layout.item.numbers == ["price"])
    for (got, wanted) in zip(encoded.numbers, expected) { #expect(abs(got - wanted) < 1e-6) }
  }

  @Test func extremeNumbersStopAtSixDeviations() throws {
    let schema = try fitted(
      SchemaConfiguration(), [session([1, 2, 3].map { ["price": .number($0)] })])
    let request = session([1e12, -1e12].map { ["price": .number($0)] }).request
    let encoded = schema.encode(request).item.numbers
    #expect(abs(encoded[0] - 6) < 1e-5 && abs(encoded[1] + 6) < 1e-5)
  }

  @Test func clipAndLogActInRawUnits() throws {
    var configuration = SchemaConfiguration()
    configuration.item.fields["sales"] = FieldConfiguration(.number)
    configuration.item.fields["sales"]?.log = true
    configuration.item.fields["sales"]?.clip = [-10, 100]
    configuration.item.fields["sales"]?.standardise = false
    let items: [FeatureMap] = [-50, -3, 0, 7, 5000].map { ["sales": .number($0)] }
    let schema = try fitted(configuration, [session(items)])
    let encoded = schema.encode(session(items).request).item.numbers
    let expected: [Double] = [-log1p(10), -log1p(3), 0, log1p(7), log1p(100)]
    for (got, wanted) in zip(encoded, expected) { #expect(abs(got - Float(wanted)) < 1e-6) }
  }

  @Test func aConstantIsZeroAndNotInfinite() throws {
    let schema = try fitted(
      SchemaConfiguration(), [session([["price": .number(0.1)], ["price": .number(0.1)]])])
    let encoded = schema.encode(
      session([["price": .number(0.1)], ["price": .number(2.1)]]).request)
    #expect(abs(encoded.item.numbers[0]) < 1e-6 && abs(encoded.item.numbers[1] - 2) < 1e-6)
  }

  @Test func featuresOfOneContentTypeAreMissingOnOthers() throws {
    let items: [FeatureMap] = [
      ["price": .number(2), "brand": .text("a")], ["price": .number(4), "brand": .text("a")],
      ["duration": .number(30), "tags": .texts(["x", "y"])],
      ["duration": .number(50), "tags": .texts(["x", "y"])],
      ["viewers": .number(1)], ["viewers": .number(3)],
    ]
    let schema = try fitted(SchemaConfiguration(), [session(items)])
    let layout = schema.layout.item
    let encoded = schema.encode(session(items).request).item
    #expect(numbers("price", encoded, layout) == [-1, 1, 0, 0, 0, 0])
    #expect(numbers("price:missing", encoded, layout) == [0, 0, 1, 1, 1, 1])
    #expect(numbers("duration", encoded, layout) == [0, 0, -1, 1, 0, 0])
    #expect(numbers("viewers:missing", encoded, layout) == [1, 1, 1, 1, 0, 0])
    #expect(rows("brand", encoded, layout) == [2, 2, 1, 1, 1, 1])
    #expect(bags("tags", encoded, layout) == [[1], [1], [2, 3], [2, 3], [1], [1]])
  }

  @Test func unusableValuesAreMissingAndUnknownOnesOutOfVocabulary() throws {
    let known: FeatureMap = [
      "price": .number(1), "shop": .text("a"), "tags": .texts(["x"]),
    ]
    let once: FeatureMap = ["shop": .text("once"), "tags": .texts(["once", "x"])]
    let schema = try fitted(SchemaConfiguration(), [session([known, known, once])])
    let layout = schema.layout.item
    let strange: [FeatureMap] = [
      ["price": .text("12"), "shop": .text("new"), "tags": .texts([])],
      ["price": .number(.nan), "shop": .text("once"), "tags": .text("x")],
      ["price": .number(.infinity), "shop": .texts([]), "tags": .number(7)],
      ["price": .texts(["1"]), "shop": .texts(["a", "b"]), "other": .text("?")],
    ]
    let encoded = schema.encode(session(strange).request).item
    #expect(numbers("price", encoded, layout) == [0, 0, 0, 0])
    #expect(numbers("price:missing", encoded, layout) == [1, 1, 1, 1])
    #expect(rows("shop", encoded, layout) == [0, 0, 1, 2])
    #expect(bags("tags", encoded, layout) == [[1], [2], [0], [1]])
  }

  @Test func aFieldNeverMissingInTrainingHasNoIndicatorAndMissesAsZero() throws {
    let schema = try fitted(
      SchemaConfiguration(), [session([["price": .number(1)], ["price": .number(5)]])])
    let encoded = schema.encode(session([[:], ["price": .number(5)]]).request).item
    #expect(schema.layout.item.numbers == ["price"])
    #expect(encoded.numbers == [0, 1])
  }

  @Test func idsAreCategoricalsOnlyWhenAskedFor() throws {
    let sessions = mixedSessions(seed: 2, count: 30)
    let plain = try fitted(SchemaConfiguration(), sessions).layout
    #expect(!plain.item.categoricals.contains { $0.name == "id" })
    #expect(!plain.user.categoricals.contains { $0.name == "id" })
    let schema = try fitted(mixedConfiguration(), sessions)
    var request = sessions[0].request
    request.user.id = "nobody"
    request.candidates[0].features["id"] = .text("a feature that must not stand in for the id")
    let encoded = schema.encode(request)
    #expect(rows("id", encoded.user, schema.layout.user) == [0])
    let known = schema.encode(sessions[0].request)
    #expect(rows("id", known.user, schema.layout.user)[0] >= 2)
    #expect(encoded.item == known.item)
  }

  @Test func hashedValuesAreNeverUnknown() throws {
    var configuration = SchemaConfiguration()
    configuration.item.fields["shop"] = FieldConfiguration(.categorical)
    configuration.item.fields["shop"]?.hashBuckets = 16
    let schema = try fitted(configuration, [session([["shop": .text("a")]])])
    let items = (0..<200).map { ["shop": FeatureValue.text("shop \($0)")] }
    let encoded = schema.encode(session(items).request).item
    #expect(Set(encoded.indices) == Set(2..<18))
  }

  @Test func feedbackFollowsTheLayoutAndAbsentKindsAreNaN() throws {
    let sessions = mixedSessions(seed: 5, count: 5)
    let schema = try fitted(
      SchemaConfiguration(), sessions, columns: [CandidateColumn(.number, of: "score")],
      feedback: ["dwell", "click"])
    let encoded = schema.encode(sessions[1])
    #expect(encoded.shown.map(Int.init) == sessions[1].shown)
    #expect(encoded.feedback[0].count == 4 && encoded.feedback[0].allSatisfy { $0.isNaN })
    #expect(encoded.feedback[1] == sessions[1].feedback["click"])
    #expect(encoded.time == sessions[1].time)
    #expect(encoded.userKey == FittedSchema.userKey(sessions[1].request.user.id))
    #expect(
      encoded.request.columns == [
        CandidateColumn(.number, of: "score").values(of: sessions[1].request.candidates)
      ])
  }

  @Test(arguments: 0..<8 as Range<UInt64>)
  func encodingMatchesTheLayout(seed: UInt64) throws {
    let schema = try fitted(mixedConfiguration(), mixedSessions(seed: seed, count: 20))
    let encoded = schema.encode(mixedSession(seed: seed, index: 99)).request
    for (side, layout) in [
      (encoded.item, schema.layout.item), (encoded.user, schema.layout.user),
      (encoded.context, schema.layout.context),
    ] {
      #expect(side.numbers.count == side.rows * layout.numbers.count)
      #expect(side.indices.count == side.rows * layout.categoricals.count)
      let offsets = layout.bags.isEmpty ? 0 : side.rows * layout.bags.count + 1
      #expect(side.bagOffsets.count == offsets)
      #expect(Int(side.bagOffsets.last ?? 0) == side.bagIndices.count)
      #expect(side.numbers.allSatisfy { $0.isFinite })
      for (i, row) in side.indices.enumerated() {
        #expect(row >= 0 && row < layout.categoricals[i % layout.categoricals.count].rows)
      }
    }
  }

  @Test(arguments: 0..<8 as Range<UInt64>)
  func permutedCandidatesArePermutedRows(seed: UInt64) throws {
    let schema = try fitted(
      mixedConfiguration(), mixedSessions(seed: seed, count: 20),
      columns: [CandidateColumn(.number, of: "price")])
    let layout = schema.layout.item
    let request = mixedSession(seed: seed, index: 99).request
    var stream = RandomStream(seed: seed, "permutation")
    let order = stream.permutation(request.candidates.count)
    var permuted = request
    permuted.candidates = order.map { request.candidates[$0] }
    let a = schema.encode(request)
    let b = schema.encode(permuted)
    for name in layout.numbers {
      let column = numbers(name, a.item, layout)
      #expect(numbers(name, b.item, layout) == order.map { column[$0] })
    }
    for field in layout.categoricals {
      let column = rows(field.name, a.item, layout)
      #expect(rows(field.name, b.item, layout) == order.map { column[$0] })
    }
    for field in layout.bags {
      let column = bags(field.name, a.item, layout)
      #expect(bags(field.name, b.item, layout) == order.map { column[$0] })
    }
    #expect(b.columns[0] == order.map { a.columns[0][$0] })
    #expect(a.user == b.user && a.context == b.context)
  }

  @Test func aRequestWithoutCandidatesHasNoRows() throws {
    let schema = try fitted(mixedConfiguration(), mixedSessions(seed: 6, count: 20))
    let encoded = schema.encode(session([]).request)
    #expect(encoded.candidateCount == 0 && encoded.item.numbers.isEmpty)
    #expect(encoded.item.bagOffsets == [0] && encoded.user.rows == 1)
  }
}
