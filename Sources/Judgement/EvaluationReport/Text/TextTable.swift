/// Columns of plain text, the first left-aligned ones by request, numbers to the right.
struct TextTable {
  enum Alignment {
    case left, right
  }

  private let headers: [String]
  private let alignments: [Alignment]
  private var rows: [[String]] = []
  /// Blanks between columns.
  static let gap = 2

  init(_ columns: [(header: String, alignment: Alignment)]) {
    headers = columns.map { TextTable.cell($0.header) }
    alignments = columns.map(\.alignment)
  }

  mutating func add(_ row: [String]) {
    precondition(row.count == headers.count, "\(row.count) cells for \(headers.count) columns")
    rows.append(row.map(TextTable.cell))
  }

  /// Header, rule and rows, without trailing blanks.
  func lines(_ style: TextStyle) -> [String] {
    let widths = headers.indices.map { column in
      max(headers[column].count, rows.map { $0[column].count }.max() ?? 0)
    }
    let rule = widths.map { String(repeating: "─", count: $0) }
    return [style.bold(line(headers, widths)), style.dim(line(rule, widths))]
      + rows.map { line($0, widths) }
  }

  private func line(_ cells: [String], _ widths: [Int]) -> String {
    var text = cells.indices.map { column in
      let blanks = String(repeating: " ", count: widths[column] - cells[column].count)
      return alignments[column] == .left ? cells[column] + blanks : blanks + cells[column]
    }.joined(separator: String(repeating: " ", count: TextTable.gap))
    while text.last == " " { text.removeLast() }
    return text
  }

  /// Names come from configuration files: no control character may reach the terminal.
  static func cell(_ text: String) -> String {
    String(
      text.map { character in
        let isControl = character.unicodeScalars.contains {
          $0.properties.generalCategory == .control
        }
        return isControl ? "?" : character
      })
  }
}
