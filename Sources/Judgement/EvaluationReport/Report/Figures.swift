import Foundation

/// Numbers as a reader sees them; no locale is involved, so the same report reads the same anywhere.
package enum Figures {
  /// A share as a percentage with one decimal: `93.4%`.
  package static func percent(_ share: Double) -> String { "\(percentNumber(share))%" }

  /// The same without the sign, for columns that say so in their header.
  package static func percentNumber(_ share: Double) -> String { decimals(100 * share, 1) }

  /// A confidence level: `95%`.
  package static func level(_ share: Double) -> String {
    "\(decimals(100 * share, share == (100 * share).rounded() / 100 ? 0 : 1))%"
  }

  /// About four significant digits: `0.0123`, `2.980`, `31.42`, `1234`.
  package static func plain(_ value: Double) -> String {
    let size = abs(value)
    if size == 0 { return "0" }
    if size < 0.0005 { return String(format: "%.1e", value) }
    return decimals(value, size < 0.1 ? 4 : size < 10 ? 3 : size < 100 ? 2 : size < 1000 ? 1 : 0)
  }

  /// `plain` with the sign always shown.
  package static func signed(_ value: Double) -> String {
    value == 0 ? "0" : (value > 0 ? "+" : "−") + plain(abs(value))
  }

  package static func correlation(_ value: Double) -> String {
    decimals(value, 2).replacingOccurrences(of: "-", with: "−")
  }

  package static func loss(_ value: Double?) -> String { value.map { decimals($0, 4) } ?? "–" }

  /// A weight in three characters or fewer: `0`, `.25`, `1`.
  package static func weight(_ value: Double) -> String {
    let text = decimals(value, 2)
    if text == "0.00" { return value > 0 ? ">0" : "0" }
    if text == "1.00" { return value < 1 ? "<1" : "1" }
    return String(text.dropFirst())
  }

  /// `92.1% to 94.6%`; nil when either end is.
  package static func interval(
    _ low: Double?, _ high: Double?, _ format: (Double) -> String
  ) -> String? {
    guard let low, let high else { return nil }
    return "\(format(low)) to \(format(high))"
  }

  /// Thousands apart: `12,345`.
  package static func count(_ value: Int) -> String {
    var digits = Array(String(value.magnitude))
    var place = digits.count - 3
    while place > 0 {
      digits.insert(",", at: place)
      place -= 3
    }
    return (value < 0 ? "−" : "") + String(digits)
  }

  /// `1 user`, `2 users`.
  package static func count(_ value: Int, _ noun: String) -> String {
    "\(count(value)) \(noun)\(value == 1 ? "" : "s")"
  }

  /// The text, or its beginning and an ellipsis, in at most `length` characters.
  package static func shortened(_ text: String, to length: Int) -> String {
    text.count <= length ? text : String(text.prefix(length - 1)) + "…"
  }

  package static func decimals(_ value: Double, _ places: Int) -> String {
    let text = String(format: "%.\(places)f", value)
    // A tiny negative number must not read as minus nothing.
    return text.contains(where: { $0 != "0" && $0 != "." && $0 != "-" })
      ? text : text.replacingOccurrences(of: "-", with: "")
  }
}
