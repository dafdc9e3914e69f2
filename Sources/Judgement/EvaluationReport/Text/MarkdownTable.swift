/// A table of GitHub's Markdown: the first column to the left, the others to the right.
struct MarkdownTable {
  private let headers: [String]
  private var rows: [[String]] = []
  var isEmpty: Bool { rows.isEmpty }

  init(_ headers: [String]) {
    self.headers = headers
  }

  mutating func add(_ row: [String]) {
    precondition(row.count == headers.count, "\(row.count) cells for \(headers.count) columns")
    rows.append(row)
  }

  var text: String {
    let rule = headers.indices.map { $0 == 0 ? "---" : "---:" }
    let lines =
      [headers.map(MarkdownTable.escape), rule] + rows.map { $0.map(MarkdownTable.escape) }
    return lines.map { "| \($0.joined(separator: " | ")) |" }.joined(separator: "\n")
  }

  /// Text that Markdown leaves as it is: no markup, no HTML, no new cell, no new line.
  static func escape(_ text: String) -> String {
    var escaped = ""
    for character in TextTable.cell(text) {
      switch character {
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "&": escaped += "&amp;"
      case "\\", "|", "*", "_", "`", "[", "]", "#", "~": escaped += "\\\(character)"
      default: escaped.append(character)
      }
    }
    return escaped
  }
}
