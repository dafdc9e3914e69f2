/// `Encoder` into a slot.
struct NodeEncoder: Encoder {
  let slot: NodeSlot
  var codingPath: [any CodingKey] = []
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    if case .empty = slot.content { slot.content = .mapping([]) }
    return KeyedEncodingContainer(KeyedSlotContainer<Key>(slot: slot, codingPath: codingPath))
  }

  func unkeyedContainer() -> any UnkeyedEncodingContainer {
    if case .empty = slot.content { slot.content = .sequence([]) }
    return UnkeyedSlotContainer(slot: slot, codingPath: codingPath)
  }

  func singleValueContainer() -> any SingleValueEncodingContainer {
    SingleSlotContainer(slot: slot, codingPath: codingPath)
  }

  static func null(into slot: NodeSlot) {
    slot.content = .value(.null(Origin(source: "")))
  }

  static func write<T: Encodable>(_ value: T, into slot: NodeSlot, _ path: [any CodingKey]) throws {
    let text: String
    switch value {
    case let value as String:
      let node = YAMLNode(content: .scalar(value, plain: false), origin: Origin(source: ""))
      slot.content = .value(node)
      return
    case let value as Bool: text = value ? "true" : "false"
    case let value as Double: text = try finite(value, "\(value)", path)
    case let value as Float: text = try finite(Double(value), "\(value)", path)
    case let value as any FixedWidthInteger: text = "\(value)"
    default:
      try value.encode(to: NodeEncoder(slot: slot, codingPath: path))
      if value is any Unordered { slot.sort() }
      return
    }
    slot.content = .value(
      YAMLNode(content: .scalar(text, plain: true), origin: Origin(source: "")))
  }

  private static func finite(
    _ value: Double, _ text: String, _ path: [any CodingKey]
  ) throws -> String {
    guard value.isFinite else {
      let context = EncodingError.Context(
        codingPath: path, debugDescription: "\(text) cannot be written: it is not finite")
      throw EncodingError.invalidValue(value, context)
    }
    return text
  }
}
