/// Arrays and objects of a known form, read as they are met.
extension JSONCursor {
  /// Keys of an object that are compared one by one.
  private static let keyLimit = 16

  /// What became of the value of one key.
  package enum Reading {
    /// It was read; the cursor stands behind it.
    case taken
    /// It is not what was looked for.
    case unread
    /// The key is none of those looked for.
    case other
  }

  /// The members of the object at the cursor, but for those that `special` takes, for readers of
  /// well-known objects.
  ///
  /// nil for anything unusual, be it a fault or only many keys: `JSONScanner` has to look at that.
  ///
  /// `depth`: how many arrays and objects are open, this one among them.
  package mutating func members(
    depth: Int, special: (String, inout JSONCursor) -> Reading
  ) -> [(key: String, value: JSONValue)]? {
    skipSpace()
    guard take("{") else { return nil }
    skipSpace()
    if take("}") { return [] }
    var members: [(key: String, value: JSONValue)] = []
    members.reserveCapacity(8)
    var taken: [String] = []
    while members.count < JSONCursor.keyLimit {
      guard let key = try? string(), !taken.contains(key),
        !members.contains(where: { $0.key == key })
      else { return nil }
      skipSpace()
      guard take(":") else { return nil }
      skipSpace()
      switch special(key, &self) {
      case .taken: taken.append(key)
      case .unread: return nil
      case .other:
        guard let value = try? value(depth: depth) else { return nil }
        members.append((key: key, value: value))
      }
      skipSpace()
      if take("}") { return members }
      guard take(",") else { return nil }
      skipSpace()
    }
    return nil
  }

  /// The members of the object at the cursor; `read` finds the cursor on the value of the key.
  /// Whether a key comes twice is for `read` to say.
  package mutating func members(
    _ read: (inout JSONCursor, _ key: String) throws(JSONError) -> Void
  ) throws(JSONError) {
    try expect("{")
    skipSpace()
    if take("}") { return }
    repeat {
      skipSpace()
      let key = try string()
      skipSpace()
      try expect(":")
      skipSpace()
      try read(&self, key)
      skipSpace()
    } while take(",")
    try expect("}")
  }

  /// The same for an object whose keys are ASCII without escapes, which then are told by the bytes
  /// at `key`.
  @inlinable
  package mutating func plainMembers(
    _ read: (inout JSONCursor, _ key: Range<Int>) throws(JSONError) -> Void
  ) throws(JSONError) {
    try expect("{")
    skipSpace()
    if take("}") { return }
    repeat {
      skipSpace()
      let key = try plainText()
      guard key.isASCII else { throw fault("an ASCII key") }
      skipSpace()
      try expect(":")
      skipSpace()
      try read(&self, key.range)
      skipSpace()
    } while take(",")
    try expect("}")
  }

  /// The elements of the array at the cursor; `element` finds the cursor on each.
  @inlinable
  package mutating func elements<Element>(
    reserving expected: Int = 0, _ element: (inout JSONCursor) throws(JSONError) -> Element
  ) throws(JSONError) -> [Element] {
    try expect("[")
    var elements: [Element] = []
    elements.reserveCapacity(expected)
    skipSpace()
    if take("]") { return elements }
    repeat {
      skipSpace()
      elements.append(try element(&self))
      skipSpace()
    } while take(",")
    try expect("]")
    return elements
  }
}
