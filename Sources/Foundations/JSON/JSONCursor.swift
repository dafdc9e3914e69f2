/// A place in a JSON document, and the grammar read from there: what every reader of JSON in the
/// package is made of.
///
/// The small steps are inlined into other modules, since they run once per byte or per feature.
package struct JSONCursor {
  @usableFromInline package let bytes: [UInt8]
  /// The byte that comes next, from 0.
  @usableFromInline package var at = 0

  @inlinable
  package init(bytes: [UInt8]) {
    self.bytes = bytes
  }

  mutating func document() throws(JSONError) -> JSONValue {
    skipSpace()
    let value = try value(depth: 0)
    try end()
    return value
  }

  /// Only white space may be left.
  package mutating func end() throws(JSONError) {
    skipSpace()
    guard at == bytes.count else { throw fault("the end of the document") }
  }

  /// `depth`: how many arrays and objects are open around the value.
  package mutating func value(depth: Int) throws(JSONError) -> JSONValue {
    guard at < bytes.count else { throw fault("a value") }
    switch bytes[at] {
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "{"): return try object(depth: depth + 1)
    case UInt8(ascii: "["): return try array(depth: depth + 1)
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .number(try number())
    case UInt8(ascii: "t"):
      try word("true")
      return .bool(true)
    case UInt8(ascii: "f"):
      try word("false")
      return .bool(false)
    case UInt8(ascii: "n"):
      try word("null")
      return .null
    default: throw fault("a value")
    }
  }

  private mutating func array(depth: Int) throws(JSONError) -> JSONValue {
    try open(depth)
    if take("]") { return .array([]) }
    var values: [JSONValue] = []
    while true {
      values.append(try value(depth: depth))
      skipSpace()
      if take("]") { return .array(values) }
      guard take(",") else { throw fault("',' or ']'") }
      skipSpace()
    }
  }

  private mutating func object(depth: Int) throws(JSONError) -> JSONValue {
    try open(depth)
    if take("}") { return .object([]) }
    var members: [(key: String, value: JSONValue)] = []
    members.reserveCapacity(4)
    var seen: Set<String> = []
    while true {
      guard at < bytes.count, bytes[at] == UInt8(ascii: "\"") else {
        throw fault("a key in double quotes")
      }
      let start = at
      let key = try string()
      if isRepeated(key, members, &seen) {
        throw JSONError(
          offset: start, expected: "a key not used before in this object",
          got: JSONValue.string(key).summary)
      }
      skipSpace()
      guard take(":") else { throw fault("':'") }
      skipSpace()
      members.append((key: key, value: try value(depth: depth)))
      skipSpace()
      if take("}") { return .object(members) }
      guard take(",") else { throw fault("',' or '}'") }
      skipSpace()
    }
  }

  /// Few keys are compared one by one; more go through a set, so that no document is quadratic.
  private func isRepeated(
    _ key: String, _ members: [(key: String, value: JSONValue)], _ seen: inout Set<String>
  ) -> Bool {
    if members.count < 16 {
      for index in members.indices where members[index].key == key { return true }
      return false
    }
    if seen.isEmpty { seen = Set(members.map(\.key)) }
    return !seen.insert(key).inserted
  }

  private mutating func open(_ depth: Int) throws(JSONError) {
    guard depth <= JSONScanner.depthLimit else {
      throw JSONError(
        offset: at, expected: "at most \(JSONScanner.depthLimit) nested arrays and objects",
        got: "one more")
    }
    at += 1
    skipSpace()
  }

  /// A word such as `true`.
  package mutating func word(_ word: String) throws(JSONError) {
    for (offset, byte) in word.utf8.enumerated() {
      guard at + offset < bytes.count, bytes[at + offset] == byte else {
        at += offset
        throw fault("'\(word)'")
      }
    }
    at += word.utf8.count
  }

  /// Passes over an ASCII character, if it stands here.
  @inlinable
  @inline(__always)
  package mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard at < bytes.count, bytes[at] == UInt8(ascii: character) else { return false }
    at += 1
    return true
  }

  /// Passes over an ASCII character that must stand here.
  @inlinable
  @inline(__always)
  package mutating func expect(_ character: Unicode.Scalar) throws(JSONError) {
    guard take(character) else { throw fault("'\(character)'") }
  }

  /// Passes over white space, of which compact documents have none.
  @inlinable
  @inline(__always)
  package mutating func skipSpace() {
    if at < bytes.count, bytes[at] <= 0x20 { skipBlanks() }
  }

  @usableFromInline
  mutating func skipBlanks() {
    while at < bytes.count {
      switch bytes[at] {
      case 0x20, 0x0a, 0x0d, 0x09: at += 1
      default: return
      }
    }
  }

  /// A fault at the cursor, saying what stands there.
  @inline(never)
  @usableFromInline
  package func fault(_ expected: String) -> JSONError {
    JSONError(offset: at, expected: expected, got: found)
  }

  private var found: String {
    guard at < bytes.count else { return "the end of the bytes" }
    let byte = bytes[at]
    return (0x21...0x7e).contains(byte)
      ? "'\(Character(Unicode.Scalar(byte)))'" : "byte 0x\(String(byte, radix: 16))"
  }
}
