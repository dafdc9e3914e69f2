extension PlacementRules {
  /// Everything the finished list breaks; a rule at most once, where it breaks first.
  package func violations(of list: [Int]) -> [RuleViolation] {
    var found = malformations(of: list)
    if list.count != length {
      found.append(RuleViolation(.length, "the list has \(list.count) items, not \(length)"))
    }
    for slot in pinned.indices where pinned[slot] >= 0 {
      if slot >= list.count || list[slot] != pinned[slot] {
        found.append(
          RuleViolation(
            .pin(pinned[slot]), slot: slot,
            "item \(pinned[slot]) is not at position \(slot + 1), where it is pinned"))
      }
    }
    for item in required where !list.contains(item) {
      let reason = bans.contains(item) ? ": it is banned" : ""
      found.append(
        RuleViolation(.required(item), "item \(item) is required and not in the list\(reason)"))
    }
    let known = list.filter { (0..<candidates).contains($0) }
    found += caps.compactMap { violation(of: $0, in: known) }
    found += demands.indices.compactMap { violation(of: $0, in: known) }
    return found
  }

  private func violation(of demand: Int, in list: [Int]) -> RuleViolation? {
    let count = list.count { meets[$0] & 1 << demand != 0 }
    let (rule, least) = (demands[demand].rule, demands[demand].least)
    guard count < least else { return nil }
    return RuleViolation(
      .rule(rule), "\(rules[rule].summary): there are \(count), with \(least) to be had")
  }

  private func malformations(of list: [Int]) -> [RuleViolation] {
    var found: [RuleViolation] = []
    var seen: Set<Int> = []
    for (slot, item) in list.enumerated() {
      let place = "position \(slot + 1) holds item \(item)"
      if !(0..<candidates).contains(item) {
        found.append(RuleViolation(.unknown(item), slot: slot, "\(place), which is no candidate"))
      } else if bans.contains(item) {
        found.append(RuleViolation(.ban(item), slot: slot, "\(place), which is banned"))
      }
      if !seen.insert(item).inserted {
        found.append(RuleViolation(.duplicate(item), slot: slot, "\(place) once more"))
      }
    }
    return found
  }

  private func violation(of cap: Cap, in list: [Int]) -> RuleViolation? {
    guard let first = cap.firstBreak(in: list) else { return nil }
    return RuleViolation(
      .rule(cap.rule), slot: first.slot,
      "\(rules[cap.rule].summary): positions \(first.start + 1) to \(first.slot + 1) hold "
        + "\(first.count)")
  }
}
