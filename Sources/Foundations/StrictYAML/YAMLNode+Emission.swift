extension YAMLNode {
  /// The value as block YAML; lists of scalars stay on one line.
  func emitted() -> String {
    if fitsOneLine { return inline + "\n" }
    var text = ""
    write(into: &text, indent: 0)
    return text
  }

  private func write(into text: inout String, indent: Int) {
    let margin = String(repeating: " ", count: indent)
    switch content {
    case .scalar: text += "\(margin)\(inline)\n"
    case .sequence(let items):
      for item in items {
        if item.fitsOneLine {
          text += "\(margin)- \(item.inline)\n"
        } else {
          // The first line of the nested block moves up behind the dash.
          var block = ""
          item.write(into: &block, indent: indent + 2)
          text += "\(margin)- \(block.dropFirst(indent + 2))"
        }
      }
    case .mapping(let entries):
      for entry in entries {
        let key = YAMLNode.quotedIfNeeded(entry.key)
        if entry.value.fitsOneLine {
          text += "\(margin)\(key): \(entry.value.inline)\n"
        } else {
          text += "\(margin)\(key):\n"
          entry.value.write(into: &text, indent: indent + 2)
        }
      }
    }
  }

  private var isScalar: Bool {
    if case .scalar = content { return true }
    return false
  }

  private var fitsOneLine: Bool {
    switch content {
    case .scalar: true
    case .sequence(let items): items.allSatisfy(\.isScalar)
    case .mapping(let entries): entries.isEmpty
    }
  }

  private var inline: String {
    switch content {
    case .scalar(let text, let plain):
      if plain {
        if isNull { return "null" }
        if text == "true" || text == "false" || decimalText(text) != nil { return text }
      }
      return YAMLNode.quotedIfNeeded(text)
    case .sequence(let items): return "[" + items.map(\.inline).joined(separator: ", ") + "]"
    case .mapping(let entries):
      return "{"
        + entries.map { "\(YAMLNode.quotedIfNeeded($0.key)): \($0.value.inline)" }
        .joined(separator: ", ") + "}"
    }
  }

  /// Plain only where every YAML reader, old or new, would take it for the same text.
  static func quotedIfNeeded(_ text: String) -> String {
    let surprising: Set<String> = [
      "true", "false", "yes", "no", "on", "off", "y", "n", "null", "nan", "inf",
    ]
    let scalars = text.unicodeScalars
    let isWord = scalars.allSatisfy { scalar in
      scalar.isASCII
        && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
          || scalar == "_" || scalar == "-" || scalar == "." || scalar == "/")
    }
    let startsWell = scalars.first.map { $0.properties.isAlphabetic || $0 == "_" || $0 == "/" }
    if isWord, startsWell ?? false, !surprising.contains(text.lowercased()) { return text }
    return quoted(text)
  }

  private static func quoted(_ text: String) -> String {
    var out = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": out += "\\\""
      case "\\": out += "\\\\"
      case "\n": out += "\\n"
      case "\t": out += "\\t"
      case "\r": out += "\\r"
      case "\0"..<" ", "\u{7F}"..."\u{A0}", "\u{2028}", "\u{2029}", "\u{FEFF}":
        let digits = String(scalar.value, radix: 16)
        out += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: out.unicodeScalars.append(scalar)
      }
    }
    return out + "\""
  }
}
