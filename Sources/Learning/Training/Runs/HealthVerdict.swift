/// Whether training may go on.
package enum HealthVerdict: Equatable, Sendable {
  case healthy
  case collapsed(reason: CollapseReason)
}

/// Why training counts as collapsed.
package enum CollapseReason: Equatable, Sendable, CustomStringConvertible {
  /// NaN or an infinity; `quantity` names it.
  case notFinite(quantity: String)
  case entropyLost(entropy: Double, floor: Double, shareBetter: Double, steps: Int)
  case rewardFell(start: Double, average: Double, steps: Int)
  case gradientExploded(norm: Double, limit: Double, steps: Int)

  package var description: String {
    switch self {
    case .notFinite(let quantity):
      "the \(quantity) is not a finite number; lower the learning rate and check the features"
    case .entropyLost(let entropy, let floor, let shareBetter, let steps):
      "the entropy, \(entropy), has been under \(floor) for \(steps) steps while only "
        + "\(shareBetter) of the lists beat the logged one; "
        + "raise the entropy bonus or lower the learning rate"
    case .rewardFell(let start, let average, let steps):
      "the reward has been far under its start for \(steps) steps, \(average) instead of \(start); "
        + "lower the learning rate or check the evaluator"
    case .gradientExploded(let norm, let limit, let steps):
      "the gradient norm, \(norm), has been over \(limit) for \(steps) steps; "
        + "lower the learning rate"
    }
  }
}
