/// How few more items can meet all open demands, when an item may meet several at once.
///
/// Items of a kind meet the same demands: bit k of a kind is set where it meets demand k. With up
/// to two open demands the first descent finds the answer; with more it is a small search, since
/// an item that meets more of the open demands is never a worse choice than one that meets less.
package struct DemandCover {
  /// Kinds among the free candidates, and how many there are of each.
  private var kinds: [(meets: UInt32, count: Int)] = []
  private var best = 0
  private var steps = 0
  /// Enough for any sensible rules; where it ends, the best cover found so far stands.
  private static let stepLimit = 200
  /// More items than any list has.
  package static let unattainable = Int.max / 4

  package init() {}

  package mutating func add(_ meets: UInt32) {
    guard meets != 0 else { return }
    if let known = kinds.firstIndex(where: { $0.meets == meets }) {
      kinds[known].count += 1
    } else {
      kinds.append((meets, 1))
    }
  }

  /// - Parameters:
  ///   - open: how many items each demand still misses.
  ///   - placed: the demands of an item that is placed before, one of those that were added.
  package mutating func fewest(for open: [Int], after placed: UInt32 = 0) -> Int {
    var open = open
    let kind = kinds.firstIndex { $0.meets == placed }
    if let kind { kinds[kind].count -= 1 }
    defer { if let kind { kinds[kind].count += 1 } }
    for demand in open.indices where placed & 1 << demand != 0 {
      open[demand] = max(open[demand] - 1, 0)
    }
    best = Self.unattainable
    steps = 0
    descend(open, taken: 0)
    return best
  }

  private mutating func descend(_ open: [Int], taken: Int) {
    let most = open.max() ?? 0
    if most == 0 {
      best = min(best, taken)
      return
    }
    // Each item meets a demand at most once, so the largest bounds the rest from below.
    guard taken + most < best, steps < Self.stepLimit else { return }
    steps += 1
    guard let first = open.firstIndex(of: most) else { return }
    let active = open.indices.reduce(UInt32(0)) { open[$1] > 0 ? $0 | 1 << $1 : $0 }
    for kind in choices(meeting: 1 << first, of: active) {
      var rest = open
      for demand in rest.indices where kinds[kind].meets & 1 << demand != 0 {
        rest[demand] = max(rest[demand] - 1, 0)
      }
      kinds[kind].count -= 1
      descend(rest, taken: taken + 1)
      kinds[kind].count += 1
    }
  }

  /// Kinds that meet the demand and are not outdone by another, those that meet most first.
  private func choices(meeting demand: UInt32, of active: UInt32) -> [Int] {
    var choices: [Int] = []
    for (index, kind) in kinds.enumerated() where kind.count > 0 && kind.meets & demand != 0 {
      let meets = kind.meets & active
      if choices.contains(where: { kinds[$0].meets & active & meets == meets }) { continue }
      choices.removeAll { meets & kinds[$0].meets & active == kinds[$0].meets & active }
      choices.append(index)
    }
    return choices.sorted {
      (kinds[$0].meets & active).nonzeroBitCount > (kinds[$1].meets & active).nonzeroBitCount
    }
  }
}
