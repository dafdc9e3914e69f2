/// Why bytes are not a JSON document.
public struct JSONError: Error, Sendable, Equatable, CustomStringConvertible {
  /// Where reading stopped, in bytes from the start of the document, from 0.
  public var offset: Int
  public var expected: String
  public var got: String

  public init(offset: Int, expected: String, got: String) {
    self.offset = offset
    self.expected = expected
    self.got = got
  }

  public var description: String {
    "not valid JSON at byte \(offset): expected \(expected), got \(got)"
  }
}
