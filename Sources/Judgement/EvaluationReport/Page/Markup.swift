/// Building blocks of HTML and SVG; whatever comes from outside goes through `escape`.
enum Markup {
  /// Text that is safe between tags and inside double-quoted attributes.
  static func escape(_ text: String) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      case "'": escaped += "&#39;"
      case "\t", "\n": escaped.unicodeScalars.append(scalar)
      default:
        // The other control characters are not allowed in HTML at all.
        if scalar.properties.generalCategory == .control {
          escaped += "\u{FFFD}"
        } else {
          escaped.unicodeScalars.append(scalar)
        }
      }
    }
    return escaped
  }

  /// `<name attributes>content</name>`; attribute values are escaped, the content is markup.
  static func element(
    _ name: String, _ attributes: KeyValuePairs<String, String> = [:], _ content: String = ""
  ) -> String {
    let list = attributes.map { " \($0.key)=\"\(escape($0.value))\"" }.joined()
    return "<\(name)\(list)>\(content)</\(name)>"
  }

  /// An element that holds text.
  static func text(
    _ name: String, _ attributes: KeyValuePairs<String, String>, _ content: String
  ) -> String {
    element(name, attributes, escape(content))
  }

  static func text(_ name: String, _ content: String) -> String { text(name, [:], content) }
}
