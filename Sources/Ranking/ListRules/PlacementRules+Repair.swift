extension PlacementRules {
  /// Slots filled while looking for a list that holds everything: 2,000 for 50 candidates, fewer
  /// for more, since each step looks at all of them, and never below 200.
  package var repairSteps: Int { min(max(100_000 / max(candidates, 1), 200), 2000) }

  /// The list that follows `order` as far as pins, bans, required items and rules allow.
  ///
  /// Where lists that hold everything exist, it is the first of them by the order, place by place,
  /// unless finding it takes more steps than it may; then a second search puts required items and
  /// what meets demands first. Where that fails too, each place gets the first candidate that
  /// breaks the fewest rules; pins, bans and required items are kept all the same, as far as the
  /// places go. The list is never shorter than `length`.
  ///
  /// - Parameters:
  ///   - order: candidates, the best first; those it does not name come after it.
  ///   - steps: `repairSteps` when nil.
  /// - Returns: the list and what it breaks.
  package func repaired(
    from order: [Int], steps: Int? = nil
  ) -> (list: [Int], violations: [RuleViolation]) {
    let order = complete(order)
    let list = search(order, steps: steps ?? repairSteps) ?? leastBroken(order)
    return (list, violations(of: list))
  }

  private func search(_ order: [Int], steps: Int) -> [Int]? {
    var search = RepairSearch(rules: self, order: order, steps: steps)
    if let list = search.run() { return list }
    guard search.steps == 0 else { return nil }
    // Demands that are met only at the end leave a search no way out but trying all that is above.
    let early = order.filter { !isFree($0) } + order.filter { isFree($0) && meets[$0] != 0 }
    let late = order.filter { isFree($0) && meets[$0] == 0 }
    var second = RepairSearch(rules: self, order: early + late, steps: steps)
    return second.run()
  }

  /// Each candidate once, without those that no open slot may get.
  private func complete(_ order: [Int]) -> [Int] {
    var isLeft = isTaken.map { !$0 }
    var complete: [Int] = []
    complete.reserveCapacity(candidates)
    for i in order + Array(0..<candidates) where isLeft.indices.contains(i) && isLeft[i] {
      isLeft[i] = false
      complete.append(i)
    }
    return complete
  }

  private func leastBroken(_ order: [Int]) -> [Int] {
    var list: [Int] = []
    var left = order
    for slot in 0..<length {
      if pinned[slot] >= 0 {
        list.append(pinned[slot])
        continue
      }
      let breaks = breaks(after: list)
      var best = 0
      for place in breaks.isEmpty ? 0..<0 : left.indices
      where breaks[left[place]] < breaks[left[best]] { best = place }
      list.append(left.remove(at: best))
    }
    return list
  }
}
