/// How progress figures are worded.
package enum ProgressText {
  /// `12s`, `1m 05s`, `2h 03m`; nothing sensible gives `?`.
  package static func duration(_ seconds: Double) -> String {
    guard seconds >= 0, seconds < 1e8 else { return "?" }
    let whole = Int(seconds.rounded())
    if whole < 60 { return "\(whole)s" }
    if whole < 3600 { return "\(whole / 60)m \(twoDigits(whole % 60))s" }
    return "\(whole / 3600)h \(twoDigits(whole / 60 % 60))m"
  }

  /// `312` from 10 on, `3.1` below.
  package static func rate(_ perSecond: Double) -> String {
    number(perSecond, digits: perSecond < 9.95 ? 1 : 0)
  }

  /// A number with so many digits after the point.
  package static func number(_ value: Double, digits: Int) -> String {
    var power = 1
    for _ in 0..<digits { power *= 10 }
    guard value.isFinite, abs(value) < 1e12 else { return "\(value)" }
    let scaled = Int((abs(value) * Double(power)).rounded())
    let sign = value < 0 && scaled > 0 ? "-" : ""
    if digits == 0 { return "\(sign)\(scaled)" }
    let fraction = String(scaled % power)
    let zeros = String(repeating: "0", count: digits - fraction.count)
    return "\(sign)\(scaled / power).\(zeros)\(fraction)"
  }

  private static func twoDigits(_ number: Int) -> String {
    number < 10 ? "0\(number)" : "\(number)"
  }
}
