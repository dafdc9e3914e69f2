import Sessions

/// JSON written by hand: keys in a fixed order and the shortest digits, the same bytes every time.
enum JSONText {
  static func object(_ members: [(String, String)]) -> String {
    var out = "{"
    for (key, value) in members {
      out += out.utf8.count == 1 ? "" : ","
      out += string(key)
      out += ":"
      out += value
    }
    return out + "}"
  }

  static func array(_ elements: [String]) -> String {
    "[" + elements.joined(separator: ",") + "]"
  }

  static func string(_ text: String) -> String {
    // Names and ids, nearly always, need no escape.
    if text.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x22 && $0 != 0x5c }) { return "\"\(text)\"" }
    var out = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": out += "\\\""
      case "\\": out += "\\\\"
      case "\u{0}"..<" ":
        let hex = String(scalar.value, radix: 16)
        out += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
      default: out.unicodeScalars.append(scalar)
      }
    }
    return out + "\""
  }

  static func value(_ value: FeatureValue) -> String {
    switch value {
    case .number(let number): JSONText.number(number)
    case .flag(let flag): flag ? "true" : "false"
    case .text(let text): string(text)
    case .texts(let texts): array(texts.map(string))
    }
  }

  /// Whole numbers without a point; JSON has no NaN or infinity, so those are null.
  static func number(_ number: Double) -> String {
    guard number.isFinite else { return "null" }
    return Int64(exactly: number).map { String($0) } ?? "\(number)"
  }

  /// By name, so that two equal maps are equal text.
  static func fields(_ features: FeatureMap) -> String {
    object(features.sorted { $0.key < $1.key }.map { ($0.key, value($0.value)) })
  }
}
