import JSON
import Statistics

/// Times in seconds, and how they are printed.
struct Latencies: Sendable {
  private let sorted: [Double]

  init(_ seconds: [Double]) { sorted = seconds.sorted() }

  var count: Int { sorted.count }

  /// The smallest time that a share `q` of all did not exceed; NaN without any.
  func quantile(_ q: Double) -> Double {
    guard !sorted.isEmpty else { return .nan }
    let rank = Int((q * Double(sorted.count)).rounded(.up)) - 1
    return sorted[min(max(rank, 0), sorted.count - 1)]
  }

  private static let quantiles = [
    ("p50", 0.5), ("p90", 0.9), ("p99", 0.99), ("p99.9", 0.999), ("max", 1),
  ]

  static func heading(unit: String) -> String {
    quantiles.map { padded("\($0.0) \(unit)") }.joined()
  }

  /// - Parameter per: units of a second, 1000 for milliseconds.
  func columns(per: Double) -> String {
    Self.quantiles.map { Self.padded(Self.rounded(quantile($0.1) * per)) }.joined()
  }

  /// Members of a JSON object, to three decimals; null without any time.
  func members(per: Double, unit: String) -> [(key: String, value: JSONValue)] {
    Self.quantiles.map { name, q in
      ("\(name)_\(unit)", .number(Self.toThreeDecimals(quantile(q) * per)))
    }
  }

  static func rounded(_ value: Double) -> String { "\(toThreeDecimals(value))" }

  static func toThreeDecimals(_ value: Double) -> Double { (value * 1000).rounded() / 1000 }

  static func padded(_ text: String) -> String {
    String(repeating: " ", count: max(1, 13 - text.count)) + text
  }
}
