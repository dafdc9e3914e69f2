import RandomStreams
import Statistics
import Testing

@Suite struct CoverageTests {
  /// Measured once for all tests.
  private static let table = Task { await CoverageTable.measure() }

  /// What each estimator may assume; the self-normalised one is consistent, the others unbiased.
  private static let promises: [ClickLaw: [OffPolicyEstimator]] = [
    .ownItem: OffPolicyEstimator.allCases,
    .itemsAbove: [.listIPS, .selfNormalisedIPS, .rewardInteractionIPS, .cascadeDoublyRobust],
    .neighbours: [.listIPS, .selfNormalisedIPS],
  ]

  @Test func theTableIsPrinted() async {
    let table = await CoverageTests.table.value
    print(table.text)
    #expect(table.rows.count == OffPolicyEstimator.allCases.count * ClickLaw.allCases.count)
  }

  @Test(arguments: ClickLaw.allCases)
  func intervalsHoldTheTruthWhereTheoryPromisesIt(law: ClickLaw) async throws {
    let table = await CoverageTests.table.value
    for estimator in CoverageTests.promises[law] ?? [] {
      let row = try #require(table[estimator, law])
      #expect(row.refused == 0, "\(estimator.rawValue)")
      #expect(row.bootstrapCoverage >= 0.9, "\(estimator.rawValue)")
      #expect(row.normalCoverage >= 0.9, "\(estimator.rawValue)")
      #expect(abs(row.bias) < 4 * row.biasError, "\(estimator.rawValue)")
    }
  }

  @Test func aBiasShowsWhereAnAssumptionFails() async throws {
    let table = await CoverageTests.table.value
    let row = try #require(table[.cascadeDoublyRobust, .neighbours])
    #expect(abs(row.bias) > 4 * row.biasError)
  }

  @Test(arguments: ClickLaw.allCases)
  func whatIsAssumedOrPredictedMakesIntervalsNarrower(law: ClickLaw) async throws {
    let table = await CoverageTests.table.value
    let list = try #require(table[.listIPS, law])
    let sequential = try #require(table[.rewardInteractionIPS, law])
    let robust = try #require(table[.cascadeDoublyRobust, law])
    #expect(sequential.width < list.width)
    #expect(robust.width < sequential.width)
  }

  @Test func propensitiesOfAnotherPolicyAreRefusedAndWouldMislead() throws {
    let feed = LoggedFeed()
    let indices = (0..<600).map { 37 * $0 }
    let slates = indices.compactMap { index in
      var slate = feed.slates(index)[.neighbours]
      for slot in 0..<3 { slate?.slots[slot].logging = 1 / Double(6 - slot) }
      return slate
    }
    var stream = RandomStream(seed: 1, "wrong propensities")
    #expect {
      try OffPolicyEstimator.listIPS.estimate(slates, using: &stream)
    } throws: { error in
      guard case .meanWeightOff = error as? OffPolicyEstimatorError else { return false }
      return true
    }
    var careless = OffPolicyOptions()
    careless.meanWeightLimit = .infinity
    careless.meanWeightForIntervals = .infinity
    let estimate = try OffPolicyEstimator.listIPS.estimate(
      slates, options: careless, using: &stream)
    let truth = indices.reduce(0) { $0 + (feed.values($1)[.neighbours] ?? .nan) } / 600
    let interval = try #require(estimate.bootstrap)
    #expect(interval.low > truth || interval.high < truth)
  }
}
