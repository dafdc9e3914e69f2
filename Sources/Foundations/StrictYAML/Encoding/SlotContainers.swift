struct KeyedSlotContainer<Key: CodingKey>: KeyedEncodingContainerProtocol {
  let slot: NodeSlot
  let codingPath: [any CodingKey]

  func encodeNil(forKey key: Key) throws { NodeEncoder.null(into: slot.child(key.stringValue)) }

  func encode<T: Encodable>(_ value: T, forKey key: Key) throws {
    try NodeEncoder.write(value, into: slot.child(key.stringValue), codingPath + [key])
  }

  func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type, forKey key: Key
  ) -> KeyedEncodingContainer<Nested> {
    below(key).container(keyedBy: type)
  }

  func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
    below(key).unkeyedContainer()
  }

  /// A superclass writes into a mapping under `super`, as the standard library describes it.
  func superEncoder() -> any Encoder {
    NodeEncoder(slot: slot.child("super"), codingPath: codingPath)
  }

  func superEncoder(forKey key: Key) -> any Encoder { below(key) }

  private func below(_ key: Key) -> NodeEncoder {
    NodeEncoder(slot: slot.child(key.stringValue), codingPath: codingPath + [key])
  }
}

struct UnkeyedSlotContainer: UnkeyedEncodingContainer {
  let slot: NodeSlot
  let codingPath: [any CodingKey]

  var count: Int {
    if case .sequence(let slots) = slot.content { return slots.count }
    return 0
  }

  func encodeNil() throws { NodeEncoder.null(into: slot.append()) }

  func encode<T: Encodable>(_ value: T) throws {
    let key = PathKey(intValue: count)
    try NodeEncoder.write(value, into: slot.append(), codingPath + [key])
  }

  func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type
  ) -> KeyedEncodingContainer<Nested> {
    below().container(keyedBy: type)
  }

  func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { below().unkeyedContainer() }

  func superEncoder() -> any Encoder { below() }

  private func below() -> NodeEncoder {
    let key = PathKey(intValue: count)
    return NodeEncoder(slot: slot.append(), codingPath: codingPath + [key])
  }
}

struct SingleSlotContainer: SingleValueEncodingContainer {
  let slot: NodeSlot
  let codingPath: [any CodingKey]

  func encodeNil() throws { NodeEncoder.null(into: slot) }

  func encode<T: Encodable>(_ value: T) throws {
    try NodeEncoder.write(value, into: slot, codingPath)
  }
}
