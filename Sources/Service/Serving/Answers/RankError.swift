import JSON
import Sessions

/// Why a request cannot be ranked; the caller's fault, in terms of what was sent.
package struct RankError: Error, Sendable, Equatable, CustomStringConvertible {
  package enum Kind: String, Sendable {
    /// The bytes are not JSON.
    case malformed
    /// A field is missing, unknown or of the wrong kind.
    case field
    /// Each field is fine by itself, but they contradict each other or the model.
    case constraint
  }

  package var kind: Kind
  /// JSON pointer (RFC 6901) into the request; empty for the whole of it.
  package var pointer: String
  /// What was expected and what was got.
  package var detail: String
  /// What to do about it; may be empty.
  package var remedy: String
  /// Where the JSON ends to be JSON, in bytes from 0.
  package var byteOffset: Int?

  package init(
    _ kind: Kind, pointer: String, detail: String, remedy: String = "", byteOffset: Int? = nil
  ) {
    self.kind = kind
    self.pointer = pointer
    self.detail = detail
    self.remedy = remedy
    self.byteOffset = byteOffset
  }

  package var description: String {
    "\(pointer.isEmpty ? "request" : pointer): \(sentence)"
  }

  /// With at most some hundred bytes of what was sent: a name of a megabyte is not sent back four
  /// times.
  var shortened: RankError {
    var short = self
    short.pointer = RankError.shortened(pointer)
    short.detail = RankError.shortened(detail)
    short.remedy = RankError.shortened(remedy)
    return short
  }

  private static func shortened(_ text: String) -> String {
    text.utf8.count <= 500
      ? text : text.unicodeScalars.prefix(400).map { String($0) }.joined() + "..."
  }

  /// Detail and remedy in one line.
  var sentence: String { remedy.isEmpty ? detail : "\(detail); \(remedy)" }
}

extension RankError {
  init(at pointer: String, expected: String, got: String, remedy: String = "") {
    self.init(
      .constraint, pointer: pointer, detail: "expected \(expected), got \(got)", remedy: remedy)
  }

  init(_ fault: JSONError) {
    self.init(
      .malformed, pointer: "", detail: fault.description, byteOffset: fault.offset)
  }

  init(_ fault: FieldError) {
    self.init(
      .field, pointer: fault.pointer, detail: "expected \(fault.expected), got \(fault.got)",
      remedy: fault.remedy)
  }
}

/// Everything that is wrong with one request; never empty.
package struct RankErrors: Error, Sendable, Equatable, CustomStringConvertible {
  package var faults: [RankError]

  package init(_ faults: [RankError]) {
    self.faults = faults
  }

  package var description: String {
    faults.map(\.description).joined(separator: "\n")
  }
}
