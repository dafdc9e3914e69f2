import Features
import JSON
import Sessions

/// The grammar of usual bodies; throws at whatever else stands there.
extension JSONCursor {
  mutating func expect(_ character: Unicode.Scalar) throws(JSONError) {
    guard pass(character) else { throw fault("'\(character)'") }
  }

  mutating func pass(_ character: Unicode.Scalar) -> Bool {
    guard at < bytes.count, bytes[at] == UInt8(ascii: character) else { return false }
    at += 1
    return true
  }

  /// White space, of which compact documents have none.
  mutating func skip() {
    if at < bytes.count, bytes[at] <= 0x20 { skipSpace() }
  }

  /// An object whose keys are ASCII; `read` finds the cursor on the value.
  mutating func members(
    _ read: (inout JSONCursor, _ key: Range<Int>) throws(JSONError) -> Void
  ) throws(JSONError) {
    try expect("{")
    skip()
    if pass("}") { return }
    repeat {
      skip()
      let key = try plainText()
      guard key.isASCII else { throw fault("an ASCII key") }
      skip()
      try expect(":")
      skip()
      try read(&self, key.range)
      skip()
    } while pass(",")
    try expect("}")
  }

  /// A string without escapes: where it stands between its quotes, valid UTF-8.
  mutating func plainText() throws(JSONError) -> (range: Range<Int>, isASCII: Bool) {
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

  func isText(_ text: [UInt8], at range: Range<Int>) -> Bool {
    guard text.count == range.count else { return false }
    for offset in text.indices where bytes[range.lowerBound + offset] != text[offset] {
      return false
    }
    return true
  }

  /// As `JSONValue.identifier`.
  mutating func identifier() throws(JSONError) -> String {
    guard at < bytes.count, bytes[at] == UInt8(ascii: "\"") else {
      let value = try number()
      guard value == value.rounded(), abs(value) < 9.0e15 else { throw fault("a whole number") }
      return String(Int64(value))
    }
    let text = try plainText().range
    guard !text.isEmpty else { throw fault("an id") }
    return String(decoding: bytes[text], as: UTF8.self)
  }

  /// One feature's value.
  mutating func cell() throws(JSONError) -> FeatureCells.Value {
    guard at < bytes.count else { throw fault("a value") }
    switch bytes[at] {
    case UInt8(ascii: "\""):
      let (range, isASCII) = try plainText()
      let (start, end) = (Int32(range.lowerBound), Int32(range.upperBound))
      return isASCII ? .text(start: start, end: end) : .unicode(start: start, end: end)
    case UInt8(ascii: "t"):
      try word(Word.true)
      return .flag(true)
    case UInt8(ascii: "f"):
      try word(Word.false)
      return .flag(false)
    case UInt8(ascii: "n"):
      try word(Word.null)
      return .absent
    default: return .number(try number())
    }
  }

  /// A feature that nobody reads; it must be one all the same.
  mutating func skipFeature() throws(JSONError) {
    guard at < bytes.count, bytes[at] == UInt8(ascii: "[") else {
      _ = try cell()
      return
    }
    // Features of items stand deepest, inside four arrays and objects.
    let list = try value(depth: 4)
    do throws(FieldError) {
      _ = try FeatureValue.read(list, at: "")
    } catch {
      throw fault("several categories")
    }
  }

  private mutating func word(_ word: [UInt8]) throws(JSONError) {
    let end = at + word.count
    guard end <= bytes.count, isText(word, at: at..<end) else { throw fault("a word") }
    at = end
  }
}

/// Texts that bodies are compared with.
enum Word {
  static let id = Array("id".utf8)
  static let features = Array("features".utf8)
  fileprivate static let `true` = Array("true".utf8)
  fileprivate static let `false` = Array("false".utf8)
  fileprivate static let null = Array("null".utf8)
}
