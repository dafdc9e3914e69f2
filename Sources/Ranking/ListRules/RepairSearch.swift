/// Depth-first search for the first list by an order that holds everything.
package struct RepairSearch {
  let rules: PlacementRules
  /// Candidates for the open slots, the best first.
  let order: [Int]
  /// Slots that may still be filled.
  package private(set) var steps: Int
  private var list: [Int] = []
  private var isPlaced: [Bool]
  /// Per slot: what may not come there, and the place in the order to go on from.
  private var breaks: [[Int]]
  private var next: [Int]

  package init(rules: PlacementRules, order: [Int], steps: Int) {
    self.rules = rules
    self.order = order
    self.steps = steps
    isPlaced = [Bool](repeating: false, count: rules.candidates)
    breaks = [[Int]](repeating: [], count: rules.length)
    next = [Int](repeating: 0, count: rules.length)
  }

  /// The list, or nil: there is none, or the steps did not suffice.
  package mutating func run() -> [Int]? {
    guard isPossible else { return nil }
    enter()
    while true {
      if list.count == rules.length {
        return list
      } else if rules.pinned[list.count] >= 0 {
        list.append(rules.pinned[list.count])
        enter()
      } else if let candidate = choose() {
        guard steps > 0 else { return nil }
        steps -= 1
        isPlaced[candidate] = true
        list.append(candidate)
        enter()
      } else if !retreat() {
        return nil
      }
    }
  }

  /// What no choice can change: what must come can, pins keep the caps by themselves, and each cap
  /// leaves enough candidates for a window and for the list.
  private var isPossible: Bool {
    guard rules.required.allSatisfy({ !rules.bans.contains($0) }), rules.demandsFit else {
      return false
    }
    return rules.caps.allSatisfy { cap in
      guard cap.firstBreak(in: rules.pinned) == nil else { return false }
      let room = room(cap)
      return room.window >= cap.window && room.list >= rules.length
    }
  }

  /// Most items that a window and the whole list can have under the cap alone.
  private func room(_ cap: Cap) -> (window: Int, list: Int) {
    var counts = [Int](repeating: 0, count: cap.groupCount)
    var (window, list) = (0, 0)
    let most = cap.mostOfGroup(in: rules.length)
    for candidate in order + rules.pinned where candidate >= 0 {
      let group = cap.groups[candidate]
      let before = group < 0 ? -1 : counts[group]
      if group >= 0 { counts[group] += 1 }
      if before < cap.most { window += 1 }
      if before < most { list += 1 }
    }
    return (window, list)
  }

  /// Makes the slot after the list ready.
  private mutating func enter() {
    guard list.count < rules.length, rules.pinned[list.count] < 0 else { return }
    breaks[list.count] = rules.breaks(after: list)
    next[list.count] = 0
  }

  private mutating func choose() -> Int? {
    let slot = list.count
    while next[slot] < order.count {
      let candidate = order[next[slot]]
      next[slot] += 1
      if !isPlaced[candidate], breaks[slot].isEmpty || breaks[slot][candidate] == 0 {
        return candidate
      }
    }
    return nil
  }

  /// Takes back the last item that was chosen; false where there is none.
  private mutating func retreat() -> Bool {
    while let last = list.popLast() {
      if rules.pinned[list.count] < 0 {
        isPlaced[last] = false
        return true
      }
    }
    return false
  }
}
