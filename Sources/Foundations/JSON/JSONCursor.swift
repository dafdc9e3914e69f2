/// A place in a JSON document, and the grammar read from there: what every reader of JSON in the
/// package is made of.
///
/// The small steps are inlined into other modules, since they run once per byte or per feature; for
/// that the type itself has to be usable from inlined code.
@usableFromInline
package struct JSONCursor {
  @usableFromInline package let bytes: [UInt8]
  /// The byte that comes next, from 0.
  @usableFromInline package var at = 0

  /// How many members objects are likely to have.
  private var sizes = SizeGuess()

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
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try numberOrWide()
    case UInt8(ascii: "t"), UInt8(ascii: "f"): return .bool(try flag())
    case UInt8(ascii: "n"):
      try null()
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
    members.reserveCapacity(sizes[depth])
    var filter = KeyFilter()
    var seen: Set<String> = []
    while true {
      guard at < bytes.count, bytes[at] == UInt8(ascii: "\"") else {
        throw fault("a key in double quotes")
      }
      let start = at
      let key = try string()
      if filter.mayRepeat(bytes.span.extracting(start + 1..<at - 1)) || members.count >= 16,
        isRepeated(key, members, &seen)
      {
        throw JSONError(
          offset: start, expected: "a key not used before in this object",
          got: JSONValue.string(key).summary)
      }
      skipSpace()
      guard take(":") else { throw fault("':'") }
      skipSpace()
      members.append((key: key, value: try value(depth: depth)))
      skipSpace()
      if take("}") {
        sizes[depth] = members.count
        return .object(members)
      }
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

  /// `true` or `false`.
  package mutating func flag() throws(JSONError) -> Bool {
    guard take("f") else {
      guard take("t"), take("r"), take("u"), take("e") else { throw fault("'true'") }
      return true
    }
    guard take("a"), take("l"), take("s"), take("e") else { throw fault("'false'") }
    return false
  }

  package mutating func null() throws(JSONError) {
    guard take("n"), take("u"), take("l"), take("l") else { throw fault("'null'") }
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

/// By depth, how many members the last object had: the next one there is mostly like it.
private struct SizeGuess {
  /// More are not guessed, lest one large object cost the memory of many.
  private static let largest = 32
  /// A byte per depth, from 1; deeper objects are rare and not remembered.
  private var bytes: UInt64 = 0x0404_0404_0404_0404

  subscript(depth: Int) -> Int {
    get { depth < 8 ? Int(bytes >> UInt64(8 * depth) & 0xff) : 4 }
    set {
      guard depth < 8 else { return }
      let shift = UInt64(8 * depth)
      bytes = bytes & ~(0xff << shift) | UInt64(min(newValue, SizeGuess.largest)) << shift
    }
  }
}
