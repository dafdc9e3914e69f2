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
    guard take(UInt8(ascii: "{")) else { return nil }
    skipSpace()
    if take(UInt8(ascii: "}")) { return [] }
    var members: [(key: String, value: JSONValue)] = []
    members.reserveCapacity(8)
    var taken: [String] = []
    while members.count < JSONCursor.keyLimit {
      guard at < bytes.count, bytes[at] == UInt8(ascii: "\""), let key = try? string(),
        !taken.contains(key), !members.contains(where: { $0.key == key })
      else { return nil }
      skipSpace()
      guard take(UInt8(ascii: ":")) else { return nil }
      skipSpace()
      switch special(key, &self) {
      case .taken: taken.append(key)
      case .unread: return nil
      case .other:
        guard let value = try? value(depth: depth) else { return nil }
        members.append((key: key, value: value))
      }
      skipSpace()
      if take(UInt8(ascii: "}")) { return members }
      guard take(UInt8(ascii: ",")) else { return nil }
      skipSpace()
    }
    return nil
  }

  /// The elements of the array at the cursor; nil as soon as one is.
  package mutating func elements<Element>(
    _ element: (inout JSONCursor) -> Element?
  ) -> [Element]? {
    guard take(UInt8(ascii: "[")) else { return nil }
    var elements: [Element] = []
    skipSpace()
    if take(UInt8(ascii: "]")) { return elements }
    while let next = element(&self) {
      elements.append(next)
      skipSpace()
      if take(UInt8(ascii: "]")) { return elements }
      guard take(UInt8(ascii: ",")) else { return nil }
      skipSpace()
    }
    return nil
  }
}
