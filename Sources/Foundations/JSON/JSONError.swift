/// Why bytes are not a JSON document.
@usableFromInline package struct JSONError: Error, Sendable, Equatable, CustomStringConvertible {
  /// Where reading stopped, in bytes from the start of the document, from 0.
  package var offset: Int
  package var expected: String
  package var got: String

  package init(offset: Int, expected: String, got: String) {
    self.offset = offset
    self.expected = expected
    self.got = got
  }

  @usableFromInline package var description: String {
    "not valid JSON at byte \(offset): expected \(expected), got \(got)"
  }
}
