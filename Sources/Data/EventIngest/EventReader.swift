import JSON
import Sessions

/// Reads the lines of an event log: usual ones through the scanner, which is several times faster,
/// any other and every fault through `LogEvent(json:)`.
struct EventReader {
  /// What a line is.
  enum Line {
    case event(JoinEvent<FeatureText>)
    /// No JSON.
    case malformed(JSONError)
    /// No event.
    case unfit(FieldError)
  }

  private var scanner: EventScanner?

  /// - Parameter scans: false reads every line the plain way, which is slow and gives the same.
  init(scans: Bool) {
    scanner = scans ? EventScanner() : nil
  }

  mutating func read(_ line: [UInt8]) -> Line {
    if let event = scanner?.event(line) { return .event(event) }
    let json: JSONValue
    do throws(JSONError) {
      json = try JSONScanner.parse(line)
    } catch {
      return .malformed(error)
    }
    do throws(FieldError) {
      return .event(JoinEvent(try LogEvent(json: json)) { FeatureText($0) })
    } catch {
      return .unfit(error)
    }
  }
}
