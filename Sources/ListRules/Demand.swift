/// Fewest flagged items of a list.
struct Demand: Sendable, Equatable {
  /// Index among the rules.
  let rule: Int
  let least: Int

  init?(_ rule: ListRule, index: Int, column: [Float], bans: Set<Int>, pinned: [Int]) {
    guard let least = rule.atLeast else { return nil }
    self.rule = index
    // What cannot be had is not demanded.
    let flagged = column.indices.count { column[$0] > 0 && !bans.contains($0) }
    let places = pinned.count { $0 < 0 || column[$0] > 0 }
    self.least = min(least, flagged, places)
  }
}
