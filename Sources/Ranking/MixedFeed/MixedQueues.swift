import Features
import ListPolicy

/// The candidates of one request as a feed is planned from them: organic items in their order, and the queue
/// of each channel.
struct MixedQueues: Sendable {
  /// Candidates, the best first.
  private(set) var organic: [Int] = []
  /// Per channel of the configuration.
  private(set) var inserts: [[Int]]

  /// - Parameters:
  ///   - flags: a column per channel.
  ///   - order: what orders candidates, the largest first; nil for their own order.
  ///   - bans: candidates that are left out.
  init(candidates: Int, flags: [[Float]], order: [Float]?, bans: Set<Int>) {
    inserts = flags.map { _ in [] }
    var sequence = Array(0..<candidates)
    if let order { sequence.sort { (order[$0], -$0) > (order[$1], -$1) } }
    for candidate in sequence where !bans.contains(candidate) {
      if let channel = flags.firstIndex(where: { $0[candidate] > 0 }) {
        inserts[channel].append(candidate)
      } else {
        organic.append(candidate)
      }
    }
  }

  /// Puts organic items that rules keep apart further down, so that a list of them alone keeps the rules.
  /// Inserts between them only move them further apart.
  ///
  /// - Parameter length: of the list.
  mutating func arrange(_ constraints: DecodingConstraints, length: Int, candidates: Int) {
    guard constraints.rules != nil else { return }
    var list: [Int] = []
    var left = organic.filter { !constraints.pins.values.contains($0) }
    var arranged: [Int] = []
    while list.count < length, !left.isEmpty || constraints.pins[list.count] != nil {
      if let pinned = constraints.pins[list.count] {
        list.append(pinned)
        if organic.contains(pinned) { arranged.append(pinned) }
        continue
      }
      var mask = [Bool](repeating: false, count: candidates)
      for candidate in inserts.joined() { mask[candidate] = true }
      constraints.exclude(after: list, from: &mask, entries: 0..<candidates)
      let next = left.firstIndex { !mask[$0] } ?? 0
      arranged.append(left[next])
      list.append(left.remove(at: next))
    }
    let known = Set(arranged)
    organic = arranged + organic.filter { !known.contains($0) }
  }
}
