import RandomStreams
import Statistics
import Testing

@Suite struct OffPolicyRefusalTests {
  private static func slates(_ count: Int, _ slot: (Int) -> LoggedSlot) -> [LoggedSlate] {
    (0..<count).map { LoggedSlate(cluster: UInt64($0), slots: [slot($0)]) }
  }

  private static func refusal(
    _ estimator: OffPolicyEstimator, _ slates: [LoggedSlate]
  ) -> OffPolicyEstimatorError? {
    var stream = RandomStream(seed: 1, "refusal")
    do {
      _ = try estimator.estimate(slates, using: &stream)
      return nil
    } catch {
      return error
    }
  }

  @Test func aSoundLogIsNotRefused() {
    let sound = OffPolicyRefusalTests.slates(100) { number in
      LoggedSlot(reward: 1, logging: 0.5, target: number % 2 == 0 ? 0.25 : 0.75)
    }
    #expect(OffPolicyRefusalTests.refusal(.listIPS, sound) == nil)
    #expect(OffPolicyRefusalTests.refusal(.listIPS, []) == .noSlates)
  }

  @Test func missingInputIsRefusedByTheEstimatorsThatNeedIt() {
    let bare = OffPolicyRefusalTests.slates(100) { number in
      LoggedSlot(reward: 1, logging: number == 7 ? nil : 0.5, target: 0.5)
    }
    let place = OffPolicyEstimatorError.Place(slate: 7, slot: 0)
    #expect(
      OffPolicyRefusalTests.refusal(.listIPS, bare) == .missing(.loggingPropensity, place))
    let first = OffPolicyEstimatorError.Place(slate: 0, slot: 0)
    #expect(
      OffPolicyRefusalTests.refusal(.cascadeDoublyRobust, bare) == .missing(.prediction, first))
  }

  @Test(arguments: [0, -0.1, 1.1, .nan, .infinity])
  func propensitiesLieBetweenZeroAndOne(value: Double) {
    let slates = OffPolicyRefusalTests.slates(50) { _ in
      LoggedSlot(reward: 1, logging: value, target: 0.5)
    }
    guard
      case .outside(.loggingPropensity, _, let place) = OffPolicyRefusalTests.refusal(
        .rewardInteractionIPS, slates)
    else {
      Issue.record("\(value) was accepted")
      return
    }
    #expect(place == OffPolicyEstimatorError.Place(slate: 0, slot: 0))
  }

  @Test func otherNumbersOutsideTheirRangeAreRefused() {
    let place = OffPolicyEstimatorError.Place(slate: 0, slot: 0)
    let target = OffPolicyRefusalTests.slates(50) { _ in
      LoggedSlot(reward: 1, logging: 0.5, target: 1.5)
    }
    #expect(
      OffPolicyRefusalTests.refusal(.listIPS, target) == .outside(.targetChance, 1.5, place))
    let reward = OffPolicyRefusalTests.slates(50) { _ in
      LoggedSlot(reward: .infinity, logging: 0.5, target: 0.5)
    }
    #expect(
      OffPolicyRefusalTests.refusal(.listIPS, reward) == .outside(.reward, .infinity, place))
  }

  @Test func aTargetThatShowsWhatIsHardlyLoggedIsRefused() {
    let rare = OffPolicyRefusalTests.slates(1000) { number in
      number % 100 == 0
        ? LoggedSlot(reward: 1, logging: 0.01, target: 1)
        : LoggedSlot(reward: 1, logging: 0.99, target: 0)
    }
    #expect(
      OffPolicyRefusalTests.refusal(.selfNormalisedIPS, rare)
        == .tooFewEffectiveSlates(10, minimum: 30, of: 1000))
    let never = OffPolicyRefusalTests.slates(1000) { _ in
      LoggedSlot(reward: 1, logging: 0.5, target: 0)
    }
    #expect(
      OffPolicyRefusalTests.refusal(.selfNormalisedIPS, never)
        == .tooFewEffectiveSlates(0, minimum: 30, of: 1000))
  }

  /// A value is given, but no interval that could not know of the weights that are missing.
  @Test func anIntervalNeedsWeightsThatAverageOne() throws {
    let slates = OffPolicyRefusalTests.slates(200) { number in
      LoggedSlot(reward: 1, logging: 0.5, target: number % 2 == 0 ? 0.5 : 0.2)
    }
    var options = OffPolicyOptions()
    options.meanWeightLimit = .infinity
    var stream = RandomStream(seed: 1, "intervals")
    let estimate = try OffPolicyEstimator.listIPS.estimate(
      slates, options: options, using: &stream)
    #expect(abs(estimate.value - 0.7) < 1e-9)
    #expect(estimate.bootstrap == nil && estimate.normal == nil)
    #expect(estimate.intervalRefusal?.contains("the mean weight is 0.7") == true)
  }

  @Test func missingSupportShowsInTheMeanWeight() throws {
    // Two items are logged evenly; the target gives 0.4 to a third that never is.
    let slates = OffPolicyRefusalTests.slates(1000) { number in
      LoggedSlot(reward: 1, logging: 0.5, target: number % 2 == 0 ? 0.4 : 0.2)
    }
    guard
      case .meanWeightOff(let mean, _, let limit) = OffPolicyRefusalTests.refusal(.listIPS, slates)
    else {
      Issue.record("missing support was accepted")
      return
    }
    #expect(abs(mean - 0.6) < 1e-12 && limit == 5)
  }

  @Test func propensitiesInFloatAreNotRefused() {
    let rounded = OffPolicyRefusalTests.slates(1000) { _ in
      LoggedSlot(reward: 1, logging: Double(Float(0.1)), target: 0.1)
    }
    #expect(OffPolicyRefusalTests.refusal(.listIPS, rounded) == nil)
  }

  @Test func theWordingNamesPlaceRangeAndRemedy() {
    let place = OffPolicyEstimatorError.Place(slate: 3, slot: 1)
    #expect(
      OffPolicyEstimatorError.outside(.loggingPropensity, 1.5, place).description
        == "list 3, slot 1: the logging propensity is 1.5; expected a chance in (0, 1]: "
        + "drop the list or mend the log")
  }
}
