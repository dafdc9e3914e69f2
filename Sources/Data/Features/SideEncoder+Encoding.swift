import Sessions

extension SideEncoder {
  /// Rows in the order given; a row's numbers depend on the other rows only through ranks and
  /// shares, which do not depend on their order.
  ///
  /// - Parameter compares: false leaves ranks and shares at 0.
  func encode(_ rows: [Candidate], compares: Bool = true) -> EncodedSide {
    let (cells, text) = FeatureCells.gathered(from: rows, names)
    return encode(cells, in: text, compares: compares) { rows[$0].id }
  }

  /// - Parameters:
  ///   - cells: of `names`, a row each.
  ///   - text: the document that the cells point into.
  ///   - id: of a row.
  func encode(
    _ cells: FeatureCells, in text: [UInt8], compares: Bool = true, id: (Int) -> String
  ) -> EncodedSide {
    var side = EncodedSide(
      rows: cells.rows, numbers: [Float](repeating: 0, count: cells.rows * width),
      indices: [Int32](
        repeating: CategoricalField.missingRow, count: cells.rows * categoricals.count))
    writeNumbers(of: cells, into: &side.numbers)
    if compares {
      writeRanks(of: cells, into: &side.numbers)
      writeShares(of: cells, in: text, into: &side.numbers)
    }
    for (k, slot) in categoricals.enumerated() {
      for r in 0..<cells.rows {
        let row =
          slot.readsID
          ? slot.lookup.row(of: id(r))
          : slot.lookup.row(of: cells.single(r, slot.cell), in: text)
        if let row { side.indices[r * categoricals.count + k] = row }
      }
    }
    if !bags.isEmpty { appendBags(of: cells, in: text, to: &side) }
    return side
  }

  private func writeNumbers(of cells: FeatureCells, into numbers: inout [Float]) {
    for slot in self.numbers {
      for r in 0..<cells.rows {
        if let value = cells[r, slot.cell].finiteNumber {
          numbers[r * width + slot.column] = slot.normaliser.normalised(value)
        } else if let indicator = slot.indicator {
          numbers[r * width + indicator] = 1
        }
      }
    }
  }

  private func writeRanks(of cells: FeatureCells, into numbers: inout [Float]) {
    for slot in ranks {
      let values = (0..<cells.rows).map { cells[$0, slot.cell].finiteNumber }
      let ranks = descendingRanks(values)
      for r in values.indices {
        numbers[r * width + slot.column] = ranks[r]
        if values[r] == nil, let indicator = slot.indicator {
          numbers[r * width + indicator] = 1
        }
      }
    }
  }

  private func writeShares(
    of cells: FeatureCells, in text: [UInt8], into numbers: inout [Float]
  ) {
    for slot in shares {
      let shares = groupShares(cells.groups(of: slot.cell, in: text))
      for r in shares.indices { numbers[r * width + slot.column] = shares[r] }
    }
  }

  private func appendBags(
    of cells: FeatureCells, in text: [UInt8], to side: inout EncodedSide
  ) {
    side.bagOffsets.reserveCapacity(cells.rows * bags.count + 1)
    side.bagOffsets.append(0)
    for r in 0..<cells.rows {
      for slot in bags {
        let start = side.bagIndices.count
        for value in cells.all(r, slot.cell) {
          if let row = slot.lookup.row(of: value, in: text) { side.bagIndices.append(row) }
        }
        if side.bagIndices.count == start { side.bagIndices.append(CategoricalField.missingRow) }
        side.bagOffsets.append(Int32(side.bagIndices.count))
      }
    }
  }

  /// The objectives' raw columns, each `[M]`, as `CandidateColumn.values` gives them.
  ///
  /// - Precondition: no cell of a `group` column has several values.
  func columns(_ cells: FeatureCells, in text: [UInt8]) -> [[Float]] {
    columns.map { slot in
      switch slot.kind {
      case .number: (0..<cells.rows).map { Float(cells[$0, slot.cell].number ?? 0) }
      case .flag: (0..<cells.rows).map { (cells[$0, slot.cell].number ?? 0) > 0 ? 1 : 0 }
      case .group: cells.groups(of: slot.cell, in: text).map(Float.init)
      }
    }
  }
}
