package import ConfigurationFields

extension ListRule {
  /// How many rules with `at_least` there may be: each is a bit of a candidate's word.
  static let mostDemands = 16

  /// Everything that is wrong with the rules, each by the place of its key: `0.at_most`.
  package static func faults(of rules: [ListRule]) -> [ConfigurationFault] {
    rules.enumerated().flatMap { $1.faults(at: "\($0)") } + faults(between: rules)
  }

  /// What is wrong between rules that are sound by themselves.
  package static func faults(between rules: [ListRule]) -> [ConfigurationFault] {
    var faults: [ConfigurationFault] = []
    for (index, rule) in rules.enumerated() {
      guard let flag = rule.flag, let least = rule.atLeast else { continue }
      let most = rules.compactMap { $0.flag == flag ? $0.listMost : nil }.min()
      if let most, most < least {
        faults.append(
          ConfigurationFault(
            "\(index).at_least", expected: "at most \(most), as another rule of '\(flag)' says",
            got: "\(least)"))
      }
    }
    let demands = rules.indices.filter { rules[$0].atLeast != nil }
    if demands.count > mostDemands {
      faults.append(
        ConfigurationFault(
          "\(demands[mostDemands]).at_least",
          expected: "at most \(mostDemands) rules with at_least", got: "\(demands.count)"))
    }
    return faults
  }

  /// Most flagged items of lists of any length; nil where it depends on the length.
  private var listMost: Int? {
    maximumShare == 0 ? 0 : window == nil ? atMost : nil
  }

  package func faultsBetweenKeys() -> [ConfigurationFault] {
    var faults: [ConfigurationFault] = []
    func check(_ holds: Bool, _ key: String, _ expected: String, _ got: String) {
      if !holds { faults.append(ConfigurationFault(key, expected: expected, got: got)) }
    }
    if (group == nil) == (flag == nil) {
      check(
        false, group == nil ? "" : "flag", "a group or a flag", group == nil ? "neither" : "both")
    }
    let limits = (atMost == nil ? 0 : 1) + (maximumShare == nil ? 0 : 1) + (atLeast == nil ? 0 : 1)
    check(
      limits == 1, "", "one of at_most, maximum_share and at_least",
      limits == 0 ? "none" : "several")
    if let atMost {
      let least = flag != nil && window == nil ? 0 : 1
      check(atMost >= least, "at_most", "at least \(least)", "\(atMost)")
    }
    if let window {
      check(atMost != nil, "window", "no window without at_most", "\(window)")
      let least = max(atMost ?? 1, 1)
      check(window > least, "window", "more than \(least), or no rule is needed", "\(window)")
    }
    if let maximumShare {
      check(
        group == nil || maximumShare > 0, "maximum_share", "above 0: an item has some group",
        "\(maximumShare)")
    }
    if let atLeast {
      check(group == nil, "at_least", "a flag, not a group", "\(atLeast)")
    }
    return faults
  }
}
