/// `Decoder` over a YAML value; all decisions are the journal's.
struct NodeDecoder: Decoder {
  let node: YAMLNode
  let path: [String]
  let journal: DecodingJournal

  var codingPath: [any CodingKey] { path.map(PathKey.init) }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
    guard let entries = node.entries else {
      throw ConfigurationError(
        at: node.origin, path: path, expected: "a mapping of keys to values", got: node.summary)
    }
    journal.open(entries, at: path)
    return KeyedDecodingContainer(
      KeyedNodeContainer(entries: entries, origin: node.origin, path: path, journal: journal))
  }

  func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
    guard case .sequence(let items) = node.content else {
      var remedy = "write it as [a, b] or as lines that start with '- '"
      if case .scalar(let text, _) = node.content, !node.isNull { remedy = "write [\(text)]" }
      throw ConfigurationError(
        at: node.origin, path: path, expected: "a list", got: node.summary, remedy: remedy)
    }
    return UnkeyedNodeContainer(items: items, origin: node.origin, path: path, journal: journal)
  }

  func singleValueContainer() throws -> any SingleValueDecodingContainer {
    SingleNodeContainer(node: node, path: path, journal: journal)
  }
}

/// One component of a path: a key, or a position counted from 0.
struct PathKey: CodingKey {
  var stringValue: String
  var intValue: Int? { Int(stringValue) }

  init(stringValue: String) { self.stringValue = stringValue }
  init(intValue: Int) { stringValue = String(intValue) }
}

/// Class inheritance is the only use of `superDecoder`, and configurations are structs.
func inheritanceFault(_ origin: Origin, _ path: [String]) -> ConfigurationError {
  ConfigurationError(
    at: origin, path: path, expected: "a struct or enum to decode into",
    got: "a class that decodes its superclass", remedy: "make it a struct")
}

struct SingleNodeContainer: SingleValueDecodingContainer {
  let node: YAMLNode
  let path: [String]
  let journal: DecodingJournal

  var codingPath: [any CodingKey] { path.map(PathKey.init) }

  func decodeNil() -> Bool { node.isNull }

  func decode<T: Decodable>(_ type: T.Type) throws -> T {
    try journal.read(type, node, path)
  }
}
