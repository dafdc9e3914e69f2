/// A mapping being decoded. What is asked for is noted, so that what is not can be reported.
struct KeyedNodeContainer<Key: CodingKey>: KeyedDecodingContainerProtocol {
  let entries: [YAMLNode.Entry]
  let origin: Origin
  let path: [String]
  let journal: DecodingJournal

  var codingPath: [any CodingKey] { path.map(PathKey.init) }
  var allKeys: [Key] { entries.compactMap { Key(stringValue: $0.key) } }

  func contains(_ key: Key) -> Bool { find(key) != nil }

  func decodeNil(forKey key: Key) throws -> Bool { try require(key).isNull }

  func decode<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T {
    try journal.read(type, require(key), path + [key.stringValue])
  }

  /// Absent and null are nil. A wrong value is noted and also nil, so that the caller's default
  /// lets decoding go on and the rest of the file's faults come out in the same run.
  private func attempt<T: Decodable>(_ type: T.Type, _ key: Key) -> T? {
    guard let node = find(key), !node.isNull else { return nil }
    let below = path + [key.stringValue]
    do {
      return try journal.read(type, node, below)
    } catch {
      journal.note(error, at: below)
      return nil
    }
  }

  // The standard library has a default for each of these that would stop at the first fault.
  func decodeIfPresent<T: Decodable>(_ t: T.Type, forKey k: Key) throws -> T? { attempt(t, k) }
  func decodeIfPresent(_ t: Bool.Type, forKey k: Key) throws -> Bool? { attempt(t, k) }
  func decodeIfPresent(_ t: String.Type, forKey k: Key) throws -> String? { attempt(t, k) }
  func decodeIfPresent(_ t: Double.Type, forKey k: Key) throws -> Double? { attempt(t, k) }
  func decodeIfPresent(_ t: Float.Type, forKey k: Key) throws -> Float? { attempt(t, k) }
  func decodeIfPresent(_ t: Int.Type, forKey k: Key) throws -> Int? { attempt(t, k) }
  func decodeIfPresent(_ t: Int8.Type, forKey k: Key) throws -> Int8? { attempt(t, k) }
  func decodeIfPresent(_ t: Int16.Type, forKey k: Key) throws -> Int16? { attempt(t, k) }
  func decodeIfPresent(_ t: Int32.Type, forKey k: Key) throws -> Int32? { attempt(t, k) }
  func decodeIfPresent(_ t: Int64.Type, forKey k: Key) throws -> Int64? { attempt(t, k) }
  func decodeIfPresent(_ t: UInt.Type, forKey k: Key) throws -> UInt? { attempt(t, k) }
  func decodeIfPresent(_ t: UInt8.Type, forKey k: Key) throws -> UInt8? { attempt(t, k) }
  func decodeIfPresent(_ t: UInt16.Type, forKey k: Key) throws -> UInt16? { attempt(t, k) }
  func decodeIfPresent(_ t: UInt32.Type, forKey k: Key) throws -> UInt32? { attempt(t, k) }
  func decodeIfPresent(_ t: UInt64.Type, forKey k: Key) throws -> UInt64? { attempt(t, k) }

  func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type, forKey key: Key
  ) throws -> KeyedDecodingContainer<Nested> {
    try decoder(key).container(keyedBy: type)
  }

  func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
    try decoder(key).unkeyedContainer()
  }

  func superDecoder() throws -> any Decoder { throw inheritanceFault(origin, path) }

  func superDecoder(forKey key: Key) throws -> any Decoder { throw inheritanceFault(origin, path) }

  private func decoder(_ key: Key) throws -> NodeDecoder {
    NodeDecoder(node: try require(key), path: path + [key.stringValue], journal: journal)
  }

  private func find(_ key: Key) -> YAMLNode? {
    journal.ask(key.stringValue, at: path)
    return entries.first { $0.key == key.stringValue }?.value
  }

  private func require(_ key: Key) throws -> YAMLNode {
    guard let node = find(key) else { throw journal.missing(key.stringValue, at: path) }
    return node
  }
}
