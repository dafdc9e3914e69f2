import Sessions

/// Encodes one side from `FeatureCells`, with the same result as `SideEncoder` from candidates.
struct CellEncoder: Sendable {
  let names: CellNames
  private let side: SideEncoder
  /// The cell that each slot reads, by kind of slot.
  private let numbers: [Int]
  private let ranks: [Int]
  private let shares: [Int]
  private let categoricals: [Int]
  private let bags: [Int]
  private let columns: [(kind: CandidateColumn.Kind, cell: Int)]

  init(_ side: SideEncoder, columns: [CandidateColumn] = []) {
    self.side = side
    var names: [String] = []
    var places: [String: Int] = [:]
    func cell(_ name: String) -> Int {
      if let known = places[name] { return known }
      places[name] = names.count
      names.append(name)
      return names.count - 1
    }
    numbers = side.numbers.map { cell($0.name) }
    ranks = side.ranks.map { cell($0.name) }
    shares = side.shares.map { cell($0.name) }
    categoricals = side.categoricals.map { cell($0.name) }
    bags = side.bags.map { cell($0.name) }
    self.columns = columns.map { ($0.kind, cell($0.feature)) }
    self.names = CellNames(names)
  }

  /// - Parameters:
  ///   - text: the document that the cells point into.
  ///   - id: of a row.
  func encode(_ cells: FeatureCells, in text: [UInt8], id: (Int) -> String) -> EncodedSide {
    let (rows, width) = (cells.rows, side.width)
    var result = EncodedSide(
      rows: rows, numbers: [Float](repeating: 0, count: rows * width),
      indices: [Int32](
        repeating: CategoricalField.missingRow, count: rows * categoricals.count))
    writeNumbers(of: cells, into: &result.numbers)
    writeShares(of: cells, in: text, into: &result.numbers)
    for (k, slot) in side.categoricals.enumerated() {
      for r in 0..<rows {
        let value = cells.values[r * cells.width + categoricals[k]]
        let row = slot.readsID ? slot.lookup.row(of: id(r)) : slot.lookup.row(of: value, in: text)
        if let row { result.indices[r * categoricals.count + k] = row }
      }
    }
    if !bags.isEmpty { appendBags(of: cells, in: text, to: &result) }
    return result
  }

  private func writeNumbers(of cells: FeatureCells, into numbers: inout [Float]) {
    for (slot, cell) in zip(side.numbers, self.numbers) {
      for r in 0..<cells.rows {
        if let value = cells.values[r * cells.width + cell].finiteNumber {
          numbers[r * side.width + slot.column] = slot.normaliser.normalised(value)
        } else if let indicator = slot.indicator {
          numbers[r * side.width + indicator] = 1
        }
      }
    }
    for (slot, cell) in zip(side.ranks, ranks) {
      let values = (0..<cells.rows).map { cells.values[$0 * cells.width + cell].finiteNumber }
      side.write(values, of: slot, into: &numbers)
    }
  }

  private func writeShares(
    of cells: FeatureCells, in text: [UInt8], into numbers: inout [Float]
  ) {
    for (slot, cell) in zip(side.shares, shares) {
      let groups = cells.groups(of: cell, in: text)
      var sizes = [Int](repeating: 0, count: cells.rows)
      for group in groups { sizes[group] += 1 }
      for r in groups.indices {
        numbers[r * side.width + slot.column] = Float(sizes[groups[r]]) / Float(cells.rows)
      }
    }
  }

  private func appendBags(
    of cells: FeatureCells, in text: [UInt8], to side: inout EncodedSide
  ) {
    side.bagOffsets.append(0)
    for r in 0..<cells.rows {
      for (slot, cell) in zip(self.side.bags, bags) {
        let row = slot.lookup.row(of: cells.values[r * cells.width + cell], in: text)
        side.bagIndices.append(row ?? CategoricalField.missingRow)
        side.bagOffsets.append(Int32(side.bagIndices.count))
      }
    }
  }

  /// The objectives' raw columns, each `[M]`, as `CandidateColumn.values` gives them.
  func columns(_ cells: FeatureCells, in text: [UInt8]) -> [[Float]] {
    columns.map { kind, cell in
      switch kind {
      case .number:
        (0..<cells.rows).map { Float(cells.values[$0 * cells.width + cell].number ?? 0) }
      case .flag:
        (0..<cells.rows).map { (cells.values[$0 * cells.width + cell].number ?? 0) > 0 ? 1 : 0 }
      case .group: cells.groups(of: cell, in: text).map(Float.init)
      }
    }
  }
}
