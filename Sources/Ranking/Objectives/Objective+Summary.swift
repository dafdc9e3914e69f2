extension Objective.Definition {
  /// The definition on one line, as in `distinct(shop, window 3)`.
  package var summary: String {
    switch self {
    case .predicted(let feedback, let aggregation):
      "predicted(\(feedback), \(aggregation.name)\(aggregation.next.map { " by \($0)" } ?? ""))"
    case .rule(let rule): rule.utility.summary
    }
  }
}
