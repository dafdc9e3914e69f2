import RandomStreams
import Statistics
import Testing

@Suite struct OffPolicyEstimateTests {
  /// Ratios 2, 1/2 and 1/2, 0; rewards 1, 3 and 2, 4.
  private static let pair = [
    LoggedSlate(
      cluster: 1,
      slots: [
        slot(1, 0.25, 0.5, prediction: (1, 2)),
        slot(3, 0.5, 0.25, prediction: (2, 1)),
      ]),
    LoggedSlate(
      cluster: 2,
      slots: [
        slot(2, 0.5, 0.25, prediction: (1, 2)),
        slot(4, 1, 0, prediction: (3, 1)),
      ]),
  ]

  private static func slot(
    _ reward: Double, _ logging: Double, _ target: Double,
    prediction: (Double, Double)
  ) -> LoggedSlot {
    LoggedSlot(
      reward: reward, logging: logging, target: target,
      prediction: LoggedSlot.Prediction(logged: prediction.0, expected: prediction.1))
  }

  private static func estimate(
    _ estimator: OffPolicyEstimator, _ slates: [LoggedSlate], maximumWeight: Double? = nil
  ) throws -> OffPolicyEstimate {
    var options = OffPolicyOptions()
    options.minimumEffectiveSlates = 0
    options.meanWeightLimit = .infinity
    options.meanWeightForIntervals = .infinity
    options.maximumWeight = maximumWeight
    var stream = RandomStream(seed: 7, "estimate")
    return try estimator.estimate(slates, options: options, using: &stream)
  }

  @Test func matchesValuesWorkedByHand() throws {
    // Sums of the two lists: 4 and 0; 5 and 1; 2 + 0 + 2 + 1 and 2 + 0.5 + 0.5 + 0.
    let values: [OffPolicyEstimator: Double] = [
      .listIPS: 2, .selfNormalisedIPS: 4, .rewardInteractionIPS: 3,
      .cascadeDoublyRobust: 4,
    ]
    for estimator in OffPolicyEstimator.allCases {
      let estimate = try OffPolicyEstimateTests.estimate(estimator, OffPolicyEstimateTests.pair)
      let value = try #require(values[estimator])
      #expect(abs(estimate.value - value) < 1e-12, "\(estimator.rawValue)")
      #expect(estimate.slates == 2 && estimate.clusters == 2)
    }
  }

  @Test func theWeightsAreSummarised() throws {
    let list = try OffPolicyEstimateTests.estimate(.listIPS, OffPolicyEstimateTests.pair).weights
    #expect(list.effectiveSlates == 1 && list.maximum == 1 && list.mean == 0.5)
    #expect(list.zeroShare == 0.5 && list.clippedShare == 0 && list.removedMass == 0)
    // Cumulative 2, 1 and 1/2, 0: columns (2, 1/2) and (1, 0).
    let cut = try OffPolicyEstimateTests.estimate(
      .rewardInteractionIPS, OffPolicyEstimateTests.pair, maximumWeight: 1)
    #expect(cut.weights.maximum == 2 && cut.weights.zeroShare == 0.25)
    #expect(cut.weights.clippedShare == 0.25)
    #expect(abs(cut.weights.removedMass - 1 / 3.5) < 1e-12)
    #expect(cut.value == 2.5)
  }

  @Test(arguments: OffPolicyEstimator.allCases)
  func theLoggingPolicyItselfEarnsTheLoggedMean(estimator: OffPolicyEstimator) throws {
    var random = RandomStream(seed: 3, "on policy")
    let rewards = (0..<60).map { _ in random.normal() }
    let slates = rewards.enumerated().map { number, reward in
      LoggedSlate(
        cluster: UInt64(number),
        slots: [
          OffPolicyEstimateTests.slot(
            reward, 0.3, 0.3, prediction: (0, 0))
        ])
    }
    var stream = RandomStream(seed: 7, "on policy interval")
    var copy = stream
    let estimate = try estimator.estimate(slates, using: &stream)
    #expect(abs(estimate.value - rewards.reduce(0, +) / 60) < 1e-12)
    #expect(estimate.weights.effectiveSlates == 60 && estimate.weights.mean == 1)

    let slow = try #require(
      bootstrapInterval(
        ofMeanPerCluster: rewards, counts: [Int](repeating: 1, count: 60), using: &copy))
    let fast = try #require(estimate.bootstrap)
    #expect(abs(fast.low - slow.low) < 1e-12 && abs(fast.high - slow.high) < 1e-12)
    var spread = Welford()
    for reward in rewards { spread.add(reward) }
    let error = ((spread.sampleVariance ?? .nan) / 60).squareRoot()
    let normal = try #require(estimate.normal)
    #expect(abs(normal.high - normal.low - 2 * 1.959963984540054 * error) < 1e-9)
  }

  @Test(arguments: 1...4 as ClosedRange<UInt64>)
  func theOrderOfTheListsChangesNothing(seed: UInt64) throws {
    var random = RandomStream(seed: seed, "order of lists")
    let policies = TinyPolicies(reward: TinyPolicies.itemsAbove)
    let slates = (0..<80).map { number in
      policies.slate(TinyPolicies.lists[random.below(24)], cluster: UInt64(number % 30))
    }
    let shuffled = random.permutation(80).map { slates[$0] }
    for estimator in OffPolicyEstimator.allCases {
      let one = try OffPolicyEstimateTests.estimate(estimator, slates)
      let two = try OffPolicyEstimateTests.estimate(estimator, shuffled)
      #expect(one.clusters == 30)
      #expect(abs(one.value - two.value) < 1e-9)
      let (first, second) = (try #require(one.bootstrap), try #require(two.bootstrap))
      #expect(abs(first.low - second.low) < 1e-9 && abs(first.high - second.high) < 1e-9)
      #expect(abs(one.weights.effectiveSlates - two.weights.effectiveSlates) < 1e-9)
    }
  }

  @Test func aSlotThatShortListsLackIsJudgedByTheListsThatHaveIt() throws {
    let one = OffPolicyEstimateTests.slot(
      1, 0.5, 0.5, prediction: (0, 0))
    let slates = (0..<10).map {
      LoggedSlate(cluster: UInt64($0), slots: [LoggedSlot](repeating: one, count: $0 < 2 ? 3 : 1))
    }
    let estimate = try OffPolicyEstimateTests.estimate(.rewardInteractionIPS, slates)
    #expect(estimate.weights.effectiveSlates == 10)
    #expect(abs(estimate.value - 1.4) < 1e-12)
  }

  @Test func oneClusterHasNoInterval() throws {
    let estimate = try OffPolicyEstimateTests.estimate(
      .listIPS, [OffPolicyEstimateTests.pair[0]])
    #expect(estimate.bootstrap == nil && estimate.normal == nil)
    #expect(estimate.weights.meanStandardError == nil)
  }
}
