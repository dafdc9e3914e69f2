/// Items sorted into groups, with the fewest and the most of each group that a selection should hold.
package struct QuotaPartition: Sendable {
  /// Group of each item, from 0: `[M]`.
  package let groups: [Int]
  /// Most of each group, `Int.max` for no limit: `[G]`.
  package let caps: [Int]
  /// Fewest of each group: `[G]`.
  package let floors: [Int]
  /// How many items there are of each group: `[G]`.
  package let available: [Int]

  /// - Precondition: every floor lies in 0...cap of its group, and every group has both.
  package init(groups: [Int], caps: [Int], floors: [Int]) {
    precondition(caps.count == floors.count, "\(caps.count) caps for \(floors.count) floors")
    for (group, (cap, floor)) in zip(caps, floors).enumerated() {
      precondition((0...cap).contains(floor), "group \(group): floor \(floor) with cap \(cap)")
    }
    self.groups = groups
    self.caps = caps
    self.floors = floors
    var available = [Int](repeating: 0, count: caps.count)
    for group in groups {
      precondition(caps.indices.contains(group), "group \(group) has no cap")
      available[group] += 1
    }
    self.available = available
  }

  /// One group without limits.
  package init(unlimited items: Int) {
    self.init(groups: [Int](repeating: 0, count: items), caps: [.max], floors: [0])
  }

  /// The same cap and floor for every group.
  package init(groups: [Int], cap: Int, floor: Int) {
    let count = (groups.max() ?? -1) + 1
    self.init(
      groups: groups, caps: [Int](repeating: cap, count: count),
      floors: [Int](repeating: floor, count: count))
  }

  /// How many of each group a selection holds: `[G]`.
  func counts(of kept: [Int]) -> [Int] {
    var counts = [Int](repeating: 0, count: caps.count)
    for item in kept { counts[groups[item]] += 1 }
    return counts
  }

  /// By how many items each group exceeds its cap: `[G]`.
  package func excess(of kept: [Int]) -> [Int] {
    zip(counts(of: kept), caps).map { max(0, $0 - $1) }
  }

  /// How many items each group lacks to its floor, whether there are so many or not: `[G]`.
  package func lacking(of kept: [Int]) -> [Int] {
    zip(counts(of: kept), floors).map { max(0, $1 - $0) }
  }
}
