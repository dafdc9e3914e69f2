extension ListRule {
  /// How many rules with `at_least` there may be: each is a bit of a candidate's word.
  static let mostDemands = 16

  /// Everything that is wrong with the rules, each by the place of its key: `0.at_most`.
  public static func faults(
    of rules: [ListRule]
  ) -> [(key: String, expected: String, got: String)] {
    var faults: [(key: String, expected: String, got: String)] = []
    for (index, rule) in rules.enumerated() {
      faults += rule.faults.map { ("\(index)\($0.key)", $0.expected, $0.got) }
    }
    for (index, rule) in rules.enumerated() {
      guard let flag = rule.flag, let least = rule.atLeast else { continue }
      let most = rules.compactMap { $0.flag == flag ? $0.listMost : nil }.min()
      if let most, most < least {
        faults.append(
          ("\(index).at_least", "at most \(most), as another rule of '\(flag)' says", "\(least)"))
      }
    }
    let demands = rules.indices.filter { rules[$0].atLeast != nil }
    if demands.count > mostDemands {
      faults.append(
        (
          "\(demands[mostDemands]).at_least", "at most \(mostDemands) rules with at_least",
          "\(demands.count)"
        ))
    }
    return faults
  }

  /// Most flagged items of lists of any length; nil where it depends on the length.
  private var listMost: Int? {
    maximumShare == 0 ? 0 : window == nil ? atMost : nil
  }

  private var faults: [(key: String, expected: String, got: String)] {
    var faults: [(key: String, expected: String, got: String)] = []
    func check(_ holds: Bool, _ key: String, _ expected: String, _ got: String) {
      if !holds { faults.append((key, expected, got)) }
    }
    switch (group, flag) {
    case (nil, nil): check(false, "", "a group or a flag", "neither")
    case (.some, .some): check(false, ".flag", "a group or a flag", "both")
    case (let name?, nil): check(!name.isEmpty, ".group", "a feature's name", "an empty text")
    case (nil, let name?): check(!name.isEmpty, ".flag", "a feature's name", "an empty text")
    }
    let limits = (atMost == nil ? 0 : 1) + (maximumShare == nil ? 0 : 1) + (atLeast == nil ? 0 : 1)
    check(
      limits == 1, "", "one of at_most, maximum_share and at_least",
      limits == 0 ? "none" : "several")
    if let atMost {
      let least = flag != nil && window == nil ? 0 : 1
      check(atMost >= least, ".at_most", "at least \(least)", "\(atMost)")
    }
    if let window {
      check(atMost != nil, ".window", "no window without at_most", "\(window)")
      let least = max(atMost ?? 1, 1)
      check(window > least, ".window", "more than \(least), or no rule is needed", "\(window)")
    }
    if let maximumShare {
      let share = "\(maximumShare)"
      check((0...1).contains(maximumShare), ".maximum_share", "a share from 0 to 1", share)
      check(
        group == nil || maximumShare > 0, ".maximum_share", "above 0: an item has some group", share
      )
    }
    if let atLeast {
      check(group == nil, ".at_least", "a flag, not a group", "\(atLeast)")
      check(atLeast >= 1, ".at_least", "at least 1", "\(atLeast)")
    }
    return faults
  }
}
