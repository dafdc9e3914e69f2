import CivilTime
import JSON

extension JSONValue {
  /// Seconds since 1970-01-01 UTC: a number of them, or an ISO 8601 text.
  public func seconds(at pointer: @autoclosure () -> String) throws(FieldError) -> Double {
    switch self {
    case .number(let value) where value.isFinite: return value
    case .string(let text):
      if let seconds = secondsSince1970(iso8601: text) { return seconds }
      fallthrough
    default:
      throw fault(
        pointer(), "seconds since 1970 or an ISO 8601 time with its zone",
        "write 1750932501.845 or \"2025-06-26T10:08:21.845Z\"")
    }
  }

  /// The same for event logs, which also count in milliseconds, at times within quotes.
  ///
  /// A number from 1e11 on is milliseconds: as seconds it would lie after the year 5138, and
  /// smaller numbers of milliseconds before March 1973.
  public func eventSeconds(at pointer: @autoclosure () -> String) throws(FieldError) -> Double {
    let value = try (numberInQuotes ?? self).seconds(at: pointer())
    return value >= 1e11 ? value / 1000 : value
  }

  private var numberInQuotes: JSONValue? {
    guard case .string(let text) = self, !text.isEmpty, text.utf8.count <= 18,
      text.utf8.allSatisfy({ $0 &- UInt8(ascii: "0") < 10 }), let value = Double(text)
    else { return nil }
    return .number(value)
  }
}
