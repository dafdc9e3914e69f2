import EventIngest
import Foundation
import JSON
package import Logging
import Sessions

/// Log lines as JSON objects, one per line, for machines that collect them.
package struct JSONLogHandler: LogHandler {
  package var metadata: Logger.Metadata = [:]
  package var logLevel = Logger.Level.info
  private let label: String
  private let write: @Sendable ([UInt8]) -> Void

  /// - Parameter write: takes a whole line, its end included.
  package init(label: String, write: @escaping @Sendable ([UInt8]) -> Void) {
    self.label = label
    self.write = write
  }

  package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  package func log(event: Logging.LogEvent) {
    let milliseconds = (Date().timeIntervalSince1970 * 1000).rounded()
    var members: [(key: String, value: JSONValue)] = [
      ("time", .number(milliseconds / 1000)), ("level", .string(event.level.rawValue)),
      ("logger", .string(label)), ("message", .string("\(event.message)")),
    ]
    let all = metadata.merging(event.metadata ?? [:]) { $1 }
    for (key, value) in all.sorted(by: { $0.key < $1.key }) {
      members.append((key, JSONLogHandler.json(value)))
    }
    write(JSONValue.object(members).serialized() + [UInt8(ascii: "\n")])
  }

  /// Numbers stay numbers, all else is text.
  private static func json(_ value: Logger.MetadataValue) -> JSONValue {
    guard case .stringConvertible(let convertible) = value else { return .string("\(value)") }
    if let whole = convertible as? Int { return .number(Double(whole)) }
    return (convertible as? Double).map { .number($0) } ?? .string("\(value)")
  }
}
