import CivilTime
import JSON

extension JSONValue {
  /// Seconds since 1970-01-01 UTC: a number of them, or an ISO 8601 text.
  ///
  /// - Throws: among others for a number that counts in a smaller unit; the fault names the unit.
  public func seconds(at pointer: @autoclosure () -> String) throws(FieldError) -> Double {
    guard let value = secondsOrFiner else { throw timeFault(pointer()) }
    guard isSecondsSince1970(value) else {
      var fault = timeFault(pointer())
      if let unit = FinerTimeUnit(of: value) {
        fault.got += ", which are \(unit.name)"
        fault.remedy = "divide by \(Int64(unit.perSecond))"
      }
      throw fault
    }
    return value
  }

  /// The same for event logs, which also count in milliseconds, microseconds or nanoseconds, at
  /// times within quotes. `FinerTimeUnit` says how they are told apart.
  public func eventSeconds(at pointer: @autoclosure () -> String) throws(FieldError) -> Double {
    let json = numberInQuotes ?? self
    guard let value = json.secondsOrFiner else { throw timeFault(pointer()) }
    // A text that is a date says its unit itself.
    let unit = json.number.flatMap { FinerTimeUnit(of: $0) }
    let seconds = unit.map { value / $0.perSecond } ?? value
    guard isSecondsSince1970(seconds) else { throw timeFault(pointer()) }
    return seconds
  }

  /// The time as it is written, whatever its unit; nil for what is no time.
  private var secondsOrFiner: Double? {
    if let number { return number.isFinite ? number : nil }
    return string.flatMap { secondsSince1970(iso8601: $0) }
  }

  private func timeFault(_ pointer: String) -> FieldError {
    fault(
      pointer, "seconds since 1970 or an ISO 8601 time with its zone, before the year 5138",
      "write 1750932501.845 or \"2025-06-26T10:08:21.845Z\"")
  }

  private var numberInQuotes: JSONValue? {
    guard case .string(let text) = self, !text.isEmpty, text.utf8.count <= 24,
      text.utf8.allSatisfy({ $0 &- UInt8(ascii: "0") < 10 || $0 == UInt8(ascii: ".") }),
      let value = Double(text)
    else { return nil }
    return .number(value)
  }
}

/// Whether a time in seconds is one that files may hold: from 1e11 on, after the year 5138, a
/// number is taken for one of a smaller unit.
func isSecondsSince1970(_ value: Double) -> Bool { abs(value) < FinerTimeUnit.start }

/// A unit of time below the second, told by the size of a number since 1970: milliseconds from
/// 1e11, microseconds from 1e14, nanoseconds from 1e17 up to 1e20.
///
/// Each range covers March 1973 to the year 5138; no number is sensible in two units.
private struct FinerTimeUnit {
  static let start = 1e11

  let name: String
  let perSecond: Double

  init?(of value: Double) {
    switch abs(value) {
    case FinerTimeUnit.start..<1e14: (name, perSecond) = ("milliseconds", 1e3)
    case 1e14..<1e17: (name, perSecond) = ("microseconds", 1e6)
    case 1e17..<1e20: (name, perSecond) = ("nanoseconds", 1e9)
    default: return nil
    }
  }
}
