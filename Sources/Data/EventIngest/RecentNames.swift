/// Values by name, of which the one that was longest not touched can be found.
package struct RecentNames<Value: Sendable>: Sendable {
  private var values: [String: (value: Value, stamp: Int)] = [:]
  /// Touches in their order; only the last one of a name counts.
  private var touches = Queue<(name: String, stamp: Int)>()
  private var pending = 0
  private var stamp = 0

  package init() {}

  package var count: Int { values.count }

  package subscript(name: String) -> Value? { values[name]?.value }

  package mutating func touch(_ name: String, _ value: Value) {
    stamp += 1
    values[name] = (value, stamp)
    touches.append((name, stamp))
    pending += 1
    // Touches that no longer count must not grow without end.
    if pending > 4 * values.count + 64 {
      let kept = values.map { ($0.key, $0.value.stamp) }.sorted { $0.1 < $1.1 }
      touches = Queue()
      for (name, stamp) in kept { touches.append((name, stamp)) }
      pending = kept.count
    }
  }

  package mutating func removeOldest() -> String? {
    while let first = touches.first {
      touches.removeFirst()
      pending -= 1
      guard values[first.name]?.stamp == first.stamp else { continue }
      values[first.name] = nil
      return first.name
    }
    return nil
  }
}
