/// A list being decoded from its start to its end.
struct UnkeyedNodeContainer: UnkeyedDecodingContainer {
  let items: [YAMLNode]
  let origin: Origin
  let path: [String]
  let journal: DecodingJournal
  private(set) var currentIndex = 0

  init(items: [YAMLNode], origin: Origin, path: [String], journal: DecodingJournal) {
    self.items = items
    self.origin = origin
    self.path = path
    self.journal = journal
  }

  var codingPath: [any CodingKey] { path.map(PathKey.init) }
  var count: Int? { items.count }
  var isAtEnd: Bool { currentIndex >= items.count }

  mutating func decodeNil() throws -> Bool {
    guard try peek().isNull else { return false }
    currentIndex += 1
    return true
  }

  mutating func decode<T: Decodable>(_ type: T.Type) throws -> T {
    let value = try journal.read(type, peek(), path + [String(currentIndex)])
    currentIndex += 1
    return value
  }

  mutating func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type
  ) throws -> KeyedDecodingContainer<Nested> {
    try take().container(keyedBy: type)
  }

  mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
    try take().unkeyedContainer()
  }

  mutating func superDecoder() throws -> any Decoder { throw inheritanceFault(origin, path) }

  private func peek() throws -> YAMLNode {
    guard !isAtEnd else {
      throw ConfigurationError(
        at: origin, path: path, expected: "more than \(items.count) values", got: "no more")
    }
    return items[currentIndex]
  }

  private mutating func take() throws -> NodeDecoder {
    let decoder = NodeDecoder(
      node: try peek(), path: path + [String(currentIndex)], journal: journal)
    currentIndex += 1
    return decoder
  }
}
