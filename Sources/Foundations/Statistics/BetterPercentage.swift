/// How a generated list's reward compares with the logged list's.
public enum Comparison: Sendable, Equatable {
  case better, tie, worse

  /// A tie when `|generated - logged| <= tolerance * max(|generated|, |logged|)`: identical lists
  /// scored in another batch may differ in the last bits, and that is no improvement.
  public init(generated: Double, logged: Double, tolerance: Double = 1e-6) {
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
public struct BetterPercentage: Codable, Sendable, Equatable {
  public let better: Double
  public let ties: Double
  public let worse: Double
  /// Bootstrap interval of `better` over users; nil for a single user.
  public let interval: Interval?
  public let requests: Int
  public let users: Int
}
