/// Estimators of what a target policy would earn, from lists that another policy logged.
///
/// The value is the mean over lists of the summed rewards of their slots. With
/// `rho_t = target_t / logging_t` and `w_t = rho_1 ... rho_t`, n lists of N slots. All need the
/// logging policy to give a chance to every list that the target policy may write, and logged
/// propensities that are exact. What more they assume about a slot's reward stands with each; an
/// estimator whose assumption fails has a bias that no diagnostic here can see.
package enum OffPolicyEstimator: String, Codable, Sendable, CaseIterable {
  /// `1/n sum w_N sum_t r_t` (Horvitz and Thompson, 1952; Precup et al., ICML 2000). Unbiased
  /// whatever rewards depend on; its variance grows with the product over all slots.
  case listIPS = "list_ips"
  /// `sum w_N sum_t r_t / sum w_N` (Swaminathan and Joachims, NeurIPS 2015). Assumes nothing about
  /// rewards either; biased on few lists, consistent, never outside the range of the rewards.
  case selfNormalisedIPS = "self_normalised_ips"
  /// `1/n sum_t w_t r_t` (McInerney et al., "Counterfactual evaluation of slate recommendations with
  /// sequential reward interactions", KDD 2020, without its normalisation per slot). Unbiased when
  /// a slot's reward depends on its own item and those above; items below bias it.
  case rewardInteractionIPS = "reward_interaction_ips"
  /// `1/n sum_t w_{t-1} V_t + w_t (r_t - Q_t)` (Kiyohara et al., "Doubly robust off-policy evaluation
  /// for ranking policies under the cascade behavior model", WSDM 2022). The assumption of
  /// `rewardInteractionIPS`; unbiased for any Q-hat, the better Q-hat the smaller the variance.
  case cascadeDoublyRobust = "cascade_doubly_robust"

  /// Unclipped weights of a checked slate: one for the list, or one per slot.
  func weights(of slate: LoggedSlate) -> [Double] {
    switch self {
    case .listIPS, .selfNormalisedIPS:
      return [slate.cumulativeRatios.last ?? 1]
    case .rewardInteractionIPS, .cascadeDoublyRobust:
      return slate.cumulativeRatios
    }
  }

  /// What the slate adds to the sum, with weights as `weights(of:)` lays them out.
  func contribution(of slate: LoggedSlate, weights: [Double]) -> Double {
    switch self {
    case .listIPS, .selfNormalisedIPS:
      return weights[0] * slate.slots.reduce(0) { $0 + $1.reward }
    case .rewardInteractionIPS:
      return zip(slate.slots, weights).reduce(0) { $0 + $1.1 * $1.0.reward }
    case .cascadeDoublyRobust:
      var above = 1.0
      var sum = 0.0
      for (slot, weight) in zip(slate.slots, weights) {
        if let prediction = slot.prediction {
          sum += above * prediction.expected + weight * (slot.reward - prediction.logged)
        }
        above = weight
      }
      return sum
    }
  }

  /// What the slate adds to the denominator: lists are counted, or their weights summed.
  func mass(weights: [Double]) -> Double {
    self == .selfNormalisedIPS ? weights[0] : 1
  }
}

extension LoggedSlate {
  /// `w_t` per slot; the chance ratio of the list down to t.
  fileprivate var cumulativeRatios: [Double] {
    var product = 1.0
    return slots.map { slot in
      product *= slot.target / (slot.logging ?? .nan)
      return product
    }
  }
}
