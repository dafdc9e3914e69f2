/// The blocks read last, at most `capacity` of them.
struct RecentBlocks: Sendable {
  private let capacity: Int
  /// Least recently used first; few enough that a search is cheaper than a table.
  private var entries: [(block: Int, sessions: [EncodedSession])] = []

  init(capacity: Int) {
    precondition(capacity > 0, "capacity must be above 0, got \(capacity)")
    self.capacity = capacity
  }

  var count: Int { entries.count }

  mutating func sessions(of block: Int) -> [EncodedSession]? {
    guard let place = entries.firstIndex(where: { $0.block == block }) else { return nil }
    let entry = entries.remove(at: place)
    entries.append(entry)
    return entry.sessions
  }

  mutating func insert(_ sessions: [EncodedSession], of block: Int) {
    guard !entries.contains(where: { $0.block == block }) else { return }
    if entries.count == capacity { entries.removeFirst() }
    entries.append((block, sessions))
  }
}
