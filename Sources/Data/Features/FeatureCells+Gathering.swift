import Sessions

extension FeatureCells {
  /// The features of candidates as cells, and the document that they point into.
  ///
  /// Each feature is looked at once, by the bytes of its name, and each text is copied once: less
  /// work than asking every dictionary for every input, and lookups by bytes follow.
  static func gathered(
    from rows: [Candidate], _ names: CellNames
  ) -> (cells: FeatureCells, text: [UInt8]) {
    var cells = FeatureCells(width: names.names.count, rows: rows.count)
    var text: [UInt8] = []
    for row in rows {
      cells.addRow()
      for (name, value) in row.features {
        guard let number = names.number(of: name) else { continue }
        switch value {
        case .number(let value): cells[number] = .number(value)
        case .flag(let value): cells[number] = .flag(value)
        case .text(let value): cells[number] = cell(value, &text)
        case .texts(let values): cells[number] = cells.list(values.map { cell($0, &text) })
        }
      }
    }
    return (cells, text)
  }

  private static func cell(_ value: String, _ text: inout [UInt8]) -> Value {
    let start = text.count
    text.append(contentsOf: value.utf8)
    var all: UInt8 = 0
    for index in start..<text.count { all |= text[index] }
    let (first, end) = (Int32(start), Int32(text.count))
    return all < 0x80 ? .text(start: first, end: end) : .unicode(start: first, end: end)
  }
}
