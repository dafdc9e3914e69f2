/// Texts that are used as they stand in the document.
extension JSONCursor {
  /// A string without escapes: where it stands between its quotes, valid UTF-8.
  @inlinable
  package mutating func plainText() throws(JSONError) -> (range: Range<Int>, isASCII: Bool) {
    try expect("\"")
    let start = at
    var all: UInt8 = 0
    while at < bytes.count {
      let byte = bytes[at]
      if byte == UInt8(ascii: "\"") {
        let range = start..<at
        at += 1
        if all < 0x80 { return (range, true) }
        guard (try? UTF8Span(validating: bytes.span.extracting(range))) != nil else { break }
        return (range, false)
      }
      guard byte >= 0x20, byte != UInt8(ascii: "\\") else { break }
      all |= byte
      at += 1
    }
    throw fault("a plain text")
  }

  /// Whether the bytes at `range` are these.
  @inlinable
  package func isText(_ text: [UInt8], at range: Range<Int>) -> Bool {
    guard text.count == range.count else { return false }
    for offset in text.indices where bytes[range.lowerBound + offset] != text[offset] {
      return false
    }
    return true
  }
}
