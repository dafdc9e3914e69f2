import Sessions

/// A fitted side made ready for encoding: columns resolved, vocabularies turned into tables.
struct SideEncoder: Sendable {
  struct NumberSlot: Sendable {
    var name: String
    var normaliser: NumberNormaliser
    var column: Int
    var indicator: Int?
  }
  struct CategoricalSlot: Sendable {
    var name: String
    var readsID: Bool
    var lookup: VocabularyLookup
  }
  struct RankSlot: Sendable {
    var name: String
    var column: Int
    var indicator: Int?
  }
  struct ShareSlot: Sendable {
    var name: String
    var column: Int
  }

  private(set) var numbers: [NumberSlot] = []
  private(set) var ranks: [RankSlot] = []
  private(set) var shares: [ShareSlot] = []
  let categoricals: [CategoricalSlot]
  let bags: [CategoricalSlot]
  /// Numeric inputs of a row.
  let width: Int

  init(_ side: FittedSide) {
    var next = 0
    func column() -> Int {
      defer { next += 1 }
      return next
    }
    // The order of `FittedSide.layout`.
    for number in side.numbers {
      numbers.append(
        NumberSlot(
          name: number.name, normaliser: number.normaliser, column: column(),
          indicator: number.indicator ? column() : nil))
    }
    for rank in side.ranks {
      ranks.append(
        RankSlot(
          name: rank.name, column: column(), indicator: rank.indicator ? column() : nil))
    }
    for share in side.shares { shares.append(ShareSlot(name: share, column: column())) }
    width = next
    let includesID = side.includesID
    func slot(_ field: FittedCategorical) -> CategoricalSlot {
      CategoricalSlot(
        name: field.name, readsID: includesID && field.name == FittedSide.idName,
        lookup: VocabularyLookup(field.vocabulary))
    }
    categoricals = side.categoricals.map(slot)
    bags = side.bags.map(slot)
  }

  /// Rows in the order given; a row's numbers depend on the other rows only through ranks and
  /// shares, which do not depend on their order.
  func encode(_ rows: [Candidate]) -> EncodedSide {
    var side = EncodedSide(
      rows: rows.count, numbers: [Float](repeating: 0, count: rows.count * width),
      indices: [Int32](
        repeating: CategoricalField.missingRow, count: rows.count * categoricals.count))
    for slot in numbers { write(slot, of: rows, into: &side.numbers) }
    for slot in ranks { write(slot, of: rows, into: &side.numbers) }
    for slot in shares { write(slot, of: rows, into: &side.numbers) }
    for (k, slot) in categoricals.enumerated() {
      write(slot, column: k, of: rows, into: &side.indices)
    }
    if !bags.isEmpty { appendBags(of: rows, to: &side) }
    return side
  }

  private func write(_ slot: NumberSlot, of rows: [Candidate], into numbers: inout [Float]) {
    for r in rows.indices {
      if let value = rows[r].features[slot.name]?.finiteNumber {
        numbers[r * width + slot.column] = slot.normaliser.normalised(value)
      } else if let indicator = slot.indicator {
        numbers[r * width + indicator] = 1
      }
    }
  }

  private func write(_ slot: RankSlot, of rows: [Candidate], into numbers: inout [Float]) {
    write(rows.map { $0.features[slot.name]?.finiteNumber }, of: slot, into: &numbers)
  }

  func write(_ values: [Double?], of slot: RankSlot, into numbers: inout [Float]) {
    let ranks = descendingRanks(values)
    for r in values.indices {
      numbers[r * width + slot.column] = ranks[r]
      if values[r] == nil, let indicator = slot.indicator {
        numbers[r * width + indicator] = 1
      }
    }
  }

  private func write(_ slot: ShareSlot, of rows: [Candidate], into numbers: inout [Float]) {
    let shares = groupShares(rows.map { $0.features[slot.name]?.group })
    for r in rows.indices { numbers[r * width + slot.column] = shares[r] }
  }

  private func write(
    _ slot: CategoricalSlot, column: Int, of rows: [Candidate], into indices: inout [Int32]
  ) {
    let stride = categoricals.count
    for r in rows.indices {
      if slot.readsID {
        indices[r * stride + column] = slot.lookup.row(of: rows[r].id)
      } else if let value = rows[r].features[slot.name]?.singleCategory {
        indices[r * stride + column] = slot.lookup.row(of: value)
      }
    }
  }

  private func appendBags(of rows: [Candidate], to side: inout EncodedSide) {
    side.bagOffsets.reserveCapacity(rows.count * bags.count + 1)
    side.bagOffsets.append(0)
    for row in rows {
      for slot in bags {
        let values = row.features[slot.name]?.categories ?? []
        if values.isEmpty { side.bagIndices.append(CategoricalField.missingRow) }
        for value in values { side.bagIndices.append(slot.lookup.row(of: value)) }
        side.bagOffsets.append(Int32(side.bagIndices.count))
      }
    }
  }
}

extension FeatureValue {
  /// The category where only one fits: of a list, the first; nil for an empty list.
  var singleCategory: String? {
    if case .text(let value) = self { return value }
    return categories.first
  }

  /// All categories as one key; the separator is a control character that no name holds.
  var group: String {
    if case .text(let value) = self { return value }
    return categories.joined(separator: "\u{1f}")
  }
}
