/// A place in the tree that is being written.
final class NodeSlot {
  indirect enum Content {
    case empty
    case value(YAMLNode)
    case sequence([NodeSlot])
    case mapping([(key: String, slot: NodeSlot)])
  }

  var content = Content.empty

  /// The finished tree below; a slot that nothing was written to is an empty mapping, which is
  /// what a type without stored properties encodes to.
  func node() -> YAMLNode {
    let origin = Origin(source: "")
    switch content {
    case .empty: return YAMLNode(content: .mapping([]), origin: origin)
    case .value(let node): return node
    case .sequence(let slots):
      return YAMLNode(content: .sequence(slots.map { $0.node() }), origin: origin)
    case .mapping(let pairs):
      let entries = pairs.map {
        YAMLNode.Entry(key: $0.key, origin: origin, value: $0.slot.node())
      }
      return YAMLNode(content: .mapping(entries), origin: origin)
    }
  }

  /// The slot of a key, which keeps its place when it is written again.
  func child(_ key: String) -> NodeSlot {
    var pairs: [(key: String, slot: NodeSlot)] = []
    if case .mapping(let old) = content { pairs = old }
    if let known = pairs.first(where: { $0.key == key }) { return known.slot }
    let slot = NodeSlot()
    content = .mapping(pairs + [(key, slot)])
    return slot
  }

  func append() -> NodeSlot {
    var slots: [NodeSlot] = []
    if case .sequence(let old) = content { slots = old }
    let slot = NodeSlot()
    content = .sequence(slots + [slot])
    return slot
  }
}

/// Collections whose own order changes from run to run.
protocol Unordered {}
extension Dictionary: Unordered where Key: CodingKeyRepresentable {}
extension Set: Unordered {}

extension NodeSlot {
  /// Sorts a mapping by its keys and a list by its items' text.
  func sort() {
    switch content {
    case .empty, .value: break
    case .mapping(let pairs): content = .mapping(pairs.sorted { $0.key < $1.key })
    case .sequence(let slots):
      let texts = slots.map { (slot: $0, text: $0.node().emitted()) }
      content = .sequence(texts.sorted { $0.text < $1.text }.map(\.slot))
    }
  }
}
