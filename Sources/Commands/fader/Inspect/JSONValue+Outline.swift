import JSON
import Sessions

extension JSONValue {
  /// The value as lines for reading: a member per line, what fits on one line not spread out.
  func outline(width: Int = TerminalStyle.width) -> [String] {
    switch self {
    case .object(let members):
      members.flatMap { $0.value.outline(after: "\($0.key):", width: width) }
    case .array(let values): values.flatMap { $0.outline(after: "-", width: width) }
    default: [inline]
    }
  }

  private func outline(after head: String, width: Int) -> [String] {
    let line = "\(head) \(inline)"
    if line.count <= width { return [line] }
    switch self {
    case .object, .array: return [head] + outline(width: max(40, width - 2)).map { "  " + $0 }
    default: return [line]
    }
  }

  /// The value on one line, strings without quotes, numbers rounded for reading.
  private var inline: String {
    switch self {
    case .string(let text): text
    case .number(let value) where value != value.rounded() && abs(value) < 1e6:
      JSONValue.number((value * 1e4).rounded() / 1e4).serialized()
    case .array(let values): "[\(values.map(\.inline).joined(separator: ", "))]"
    case .object(let members):
      "{\(members.map { "\($0.key): \($0.value.inline)" }.joined(separator: ", "))}"
    default: serialized()
    }
  }
}
