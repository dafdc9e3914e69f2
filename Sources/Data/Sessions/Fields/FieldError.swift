package import JSON

/// Why one field of a document is refused.
public struct FieldError: Error, Sendable, Equatable, Codable, CustomStringConvertible {
  /// JSON pointer (RFC 6901) from the top of the document; empty for the whole of it.
  public var pointer: String
  public var expected: String
  /// The value found, in a few words.
  public var got: String
  public var remedy: String

  public init(pointer: String, expected: String, got: String, remedy: String) {
    self.pointer = pointer
    self.expected = expected
    self.got = got
    self.remedy = remedy
  }

  public var description: String {
    "\(pointer.isEmpty ? "(whole value)" : pointer): expected \(expected), got \(got); \(remedy)"
  }
}

extension FieldError {
  private static let nothing = "nothing"

  /// The fault of a field that is not there.
  package static func missing(_ pointer: String, expected: String) -> FieldError {
    FieldError(pointer: pointer, expected: expected, got: nothing, remedy: "add the field")
  }

  /// Whether the field is not there at all.
  public var isMissing: Bool { got == FieldError.nothing }

  /// The fault of a document that is no JSON.
  package init(_ fault: JSONError) {
    self.init(
      pointer: "", expected: "\(fault.expected) at byte \(fault.offset)", got: fault.got,
      remedy: "write valid JSON (RFC 8259)")
  }
}

/// A key as one step of a JSON pointer: `~` and `/` are escaped.
package func pointerStep(_ key: String) -> String {
  guard key.utf8.contains(where: { $0 == UInt8(ascii: "~") || $0 == UInt8(ascii: "/") }) else {
    return "/" + key
  }
  return key.reduce(into: "/") { pointer, character in
    pointer += character == "~" ? "~0" : character == "/" ? "~1" : String(character)
  }
}
