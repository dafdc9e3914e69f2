extension Objective.Definition {
  /// The definition on one line, as in `distinct(shop, window 3)`.
  public var summary: String {
    switch self {
    case .predicted(let feedback, let aggregation):
      "predicted(\(feedback), \(aggregation.rawValue))"
    case .rule(let rule): rule.summary
    }
  }
}

extension RuleDefinition {
  var summary: String {
    switch self {
    case .share(let flag): "share(\(flag))"
    case .quota(let flag, let target): "quota(\(flag), target \(target))"
    case .distinct(let group, let window):
      window.map { "distinct(\(group), window \($0))" } ?? "distinct(\(group))"
    case .order(let priority): "order(\(priority))"
    case .mean(let number): "mean(\(number))"
    case .discounted(let number): "discounted(\(number))"
    }
  }
}
