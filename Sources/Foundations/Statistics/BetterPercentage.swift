/// How a generated list's reward compares with the logged list's.
package enum Comparison: Sendable, Equatable {
  case better, tie, worse

  /// A tie when `|generated - logged| <= tolerance * max(|generated|, |logged|)`: identical lists
  /// scored in another batch may differ in the last bits, and that is no improvement.
  package init(generated: Double, logged: Double, tolerance: Double = 1e-6) {
    precondition(
      generated.isFinite && logged.isFinite,
      "cannot compare rewards \(generated) and \(logged): they must be finite")
    let limit = tolerance * max(abs(generated), abs(logged))
    if abs(generated - logged) <= limit {
      self = .tie
    } else {
      self = generated > logged ? .better : .worse
    }
  }
}

/// The share of requests whose generated list earns more than the logged one.
///
/// "Better percentage" of "Controllable Multi-Objective Re-ranking with Policy Hypernetworks"
/// (KDD 2023), but with ties counted apart and with an interval. `better + ties + worse = 1`.
package struct BetterPercentage: Codable, Sendable, Equatable {
  package let better: Double
  package let ties: Double
  package let worse: Double
  /// Bootstrap interval of `better` over users; nil for a single user.
  package let interval: Interval?
  package let requests: Int
  package let users: Int
}
