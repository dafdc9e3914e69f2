extension JSONValue {
  /// The value as compact UTF-8, the same bytes for the same value on every machine.
  ///
  /// Numbers are the shortest decimals that read back as the same Double, whole ones
  /// below `wideStart` without ".0". JSON has no word for a number that is not finite: it is written as `null`.
  package func serialized() -> [UInt8] {
    var bytes: [UInt8] = []
    append(to: &bytes)
    return bytes
  }

  /// The same as text.
  @_disfavoredOverload
  package func serialized() -> String {
    let bytes: [UInt8] = serialized()
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Appends what `serialized()` returns, for writers that keep one buffer.
  package func append(to bytes: inout [UInt8]) {
    switch self {
    case .null: bytes.append(contentsOf: "null".utf8)
    case .bool(let value): bytes.append(contentsOf: (value ? "true" : "false").utf8)
    case .number(let value): JSONValue.append(value, to: &bytes)
    case .wide(let digits): bytes.append(contentsOf: digits.utf8)
    case .string(let text): JSONValue.append(text, to: &bytes)
    case .array(let values):
      bytes.append(UInt8(ascii: "["))
      for index in values.indices {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        values[index].append(to: &bytes)
      }
      bytes.append(UInt8(ascii: "]"))
    case .object(let members):
      bytes.append(UInt8(ascii: "{"))
      for index in members.indices {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        JSONValue.append(members[index].key, to: &bytes)
        bytes.append(UInt8(ascii: ":"))
        members[index].value.append(to: &bytes)
      }
      bytes.append(UInt8(ascii: "}"))
    }
  }

  /// Appends a number.
  static func append(_ value: Double, to bytes: inout [UInt8]) {
    guard value.isFinite else { return bytes.append(contentsOf: "null".utf8) }
    // Below 2^53 every whole Double has an exact Int64; -0 keeps its sign on the other branch.
    if value == value.rounded(), abs(value) < 9.0e15, value != 0 || value.sign == .plus {
      return bytes.append(contentsOf: String(Int64(value)).utf8)
    }
    // A whole number of many digits keeps its ".0", or it would be read as a wide one.
    let text = value == 0 ? "-0" : value.description
    bytes.append(contentsOf: text.utf8)
  }

  /// The Double with the fewest decimals that is this Float again: 0.1, not 0.10000000149.
  static func append(_ value: Float, to bytes: inout [UInt8]) {
    let size = abs(value)
    // Here both are written without an exponent, and then by the same digits.
    if value != value.rounded(), size >= 1e-4, size < 1e6 {
      return bytes.append(contentsOf: value.description.utf8)
    }
    append(shortest(value), to: &bytes)
  }

  package static func shortest(_ value: Float) -> Double {
    if value == value.rounded() { return Double(value) }
    guard let short = Double(value.description), Float(short) == value else { return Double(value) }
    return short
  }

  /// Appends a text in its quotes.
  static func append(_ text: String, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "\""))
    // Copied first and looked at there: escapes are rare, and the copy is one of memory.
    let start = bytes.count
    bytes.append(contentsOf: text.utf8)
    if needsEscape(bytes.span.extracting(start...)) {
      bytes.removeSubrange(start...)
      for byte in text.utf8 { appendEscaped(byte, to: &bytes) }
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private static func needsEscape(_ text: Span<UInt8>) -> Bool {
    for index in text.indices where needsEscape(text[index]) { return true }
    return false
  }

  private static func needsEscape(_ byte: UInt8) -> Bool {
    byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
  }

  private static func appendEscaped(_ byte: UInt8, to bytes: inout [UInt8]) {
    guard needsEscape(byte) else { return bytes.append(byte) }
    bytes.append(UInt8(ascii: "\\"))
    switch byte {
    case 0x08: bytes.append(UInt8(ascii: "b"))
    case 0x09: bytes.append(UInt8(ascii: "t"))
    case 0x0a: bytes.append(UInt8(ascii: "n"))
    case 0x0c: bytes.append(UInt8(ascii: "f"))
    case 0x0d: bytes.append(UInt8(ascii: "r"))
    case 0x20...: bytes.append(byte)
    default:
      bytes.append(contentsOf: "u00".utf8)
      bytes.append(contentsOf: (byte < 0x10 ? "0" : "").utf8)
      bytes.append(contentsOf: String(byte, radix: 16).utf8)
    }
  }
}
