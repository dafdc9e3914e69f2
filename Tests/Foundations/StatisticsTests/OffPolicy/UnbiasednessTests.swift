import RandomStreams
import Statistics
import Testing

/// Exact expectations over all lists of the logging policy: no chance is involved.
@Suite struct UnbiasednessTests {
  private static let unbiased: [OffPolicyEstimator] = OffPolicyEstimator.allCases.filter {
    $0 != .selfNormalisedIPS
  }

  @Test func allAreUnbiasedWhenItemsEarnAlone() throws {
    let policies = TinyPolicies(reward: TinyPolicies.ownItem)
    for estimator in UnbiasednessTests.unbiased {
      #expect(abs(try expectation(estimator, policies) - policies.truth) < 1e-12, "\(estimator)")
    }
  }

  @Test func allAreUnbiasedWhenItemsAboveMatter() throws {
    let policies = TinyPolicies(reward: TinyPolicies.itemsAbove)
    for estimator in UnbiasednessTests.unbiased {
      let error = abs(try expectation(estimator, policies) - policies.truth)
      #expect(error < 1e-12, "\(estimator) \(error)")
    }
  }

  @Test func onlyListIPSIsUnbiasedWhenItemsBelowMatter() throws {
    let policies = TinyPolicies(reward: TinyPolicies.neighbours)
    for estimator in UnbiasednessTests.unbiased {
      let error = abs(try expectation(estimator, policies) - policies.truth)
      #expect(estimator == .listIPS ? error < 1e-12 : error > 1e-3, "\(estimator) \(error)")
    }
  }

  @Test func perfectPredictionsLeaveNoVariance() throws {
    var policies = TinyPolicies(reward: TinyPolicies.itemsAbove)
    policies.prediction = policies.remaining
    for list in TinyPolicies.lists {
      let value = try single(.cascadeDoublyRobust, policies.slate(list)).value
      #expect(abs(value - policies.truth) < 1e-12)
    }
  }

  @Test func noPredictionMakesDoublyRobustRewardInteraction() throws {
    var policies = TinyPolicies(reward: TinyPolicies.neighbours)
    policies.prediction = { _, _ in 0 }
    for list in TinyPolicies.lists {
      let slate = policies.slate(list)
      #expect(
        try single(.cascadeDoublyRobust, slate).value
          == single(.rewardInteractionIPS, slate).value)
    }
  }

  private func expectation(
    _ estimator: OffPolicyEstimator, _ policies: TinyPolicies
  ) throws -> Double {
    try TinyPolicies.lists.reduce(0) { sum, list in
      let chance = policies.chance(of: list, policies.logging)
      return sum + chance * (try single(estimator, policies.slate(list)).value)
    }
  }

  private func single(
    _ estimator: OffPolicyEstimator, _ slate: LoggedSlate
  ) throws -> OffPolicyEstimate {
    var options = OffPolicyOptions()
    options.minimumEffectiveSlates = 0
    var stream = RandomStream(seed: 1, "single")
    return try estimator.estimate([slate], options: options, using: &stream)
  }
}
