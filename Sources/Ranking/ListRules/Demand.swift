/// Fewest flagged items of a list.
struct Demand: Sendable, Equatable {
  /// Index among the rules.
  let rule: Int
  /// As many as are asked for or, where there are fewer, as can be had.
  let least: Int
  /// What the list is made to hold: `least`, or what caps on the whole list leave of it.
  var target: Int

  init?(_ rule: ListRule, index: Int, column: [Float], bans: Set<Int>, pinned: [Int]) {
    guard let least = rule.atLeast else { return nil }
    self.rule = index
    let flagged = column.indices.count { column[$0] > 0 && !bans.contains($0) }
    let places = pinned.count { $0 < 0 || column[$0] > 0 }
    self.least = min(least, flagged, places)
    target = self.least
  }
}
