/// Emphasis on a terminal; plain text when colour is off.
struct TextStyle {
  let color: Bool

  func bold(_ text: String) -> String { wrapped(text, "1") }
  func dim(_ text: String) -> String { wrapped(text, "2") }

  func tone(_ text: String, _ tone: Finding.Tone) -> String {
    switch tone {
    case .good: wrapped(text, "1;32")
    case .mixed: wrapped(text, "1;33")
    case .bad: wrapped(text, "1;31")
    case .unknown: wrapped(text, "1")
    }
  }

  private func wrapped(_ text: String, _ code: String) -> String {
    color ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
  }

  /// The text in lines of at most `width`, broken at blanks; longer words stay whole.
  static func wrap(_ text: String, width: Int) -> [String] {
    var lines: [String] = []
    var line = ""
    for word in text.split(separator: " ") {
      if !line.isEmpty && line.count + 1 + word.count > width {
        lines.append(line)
        line = ""
      }
      line += (line.isEmpty ? "" : " ") + word
    }
    return line.isEmpty ? lines : lines + [line]
  }
}
