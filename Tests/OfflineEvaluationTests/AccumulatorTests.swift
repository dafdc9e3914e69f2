import OfflineEvaluation
import RandomStreams
import Testing

@Suite struct AccumulatorTests {
  /// Two users with one request each; every figure by hand.
  private func twoRequests() -> EvaluationReport {
    var accumulator = EvaluationAccumulator(
      objectives: ["a", "b"], scales: [1, 2], probes: [[1, 0], [0, 1]], lines: [[1, 0], [0, 1]])
    accumulator.add(
      probe: 0, user: 1, generated: [3, 2], logged: [1, 4], rewardGenerated: 3, rewardLogged: 1,
      trueGenerated: [2, 2], trueLogged: [1, 4])
    accumulator.add(
      probe: 0, user: 2, generated: [1, 0], logged: [1, 2], rewardGenerated: 1, rewardLogged: 1,
      trueGenerated: [0, 0], trueLogged: [1, 2])
    accumulator.add(
      probe: 1, user: 1, generated: [1, 6], logged: [1, 4], rewardGenerated: 3, rewardLogged: 2,
      trueGenerated: [1, 6], trueLogged: [1, 4])
    accumulator.add(
      probe: 1, user: 2, generated: [1, 0], logged: [1, 2], rewardGenerated: 0, rewardLogged: 1,
      trueGenerated: [1, 0], trueLogged: [1, 2])
    var stream = RandomStream(seed: 1, "bootstrap")
    return accumulator.report(bootstrapSamples: 50, using: &stream)
  }

  @Test func sharesAndMeansAreThoseOfTheComparisons() throws {
    let report = twoRequests()
    #expect(report.requests == 2 && report.users == 2)
    let first = report.probes[0]
    #expect(first.betterPercentage == 0.5 && first.ties == 0.5)
    #expect(first.rewardGenerated == 2 && first.rewardLogged == 1)
    #expect(first.utilities == ["a": 2, "b": 1] && first.utilitiesLogged == ["a": 1, "b": 3])
    #expect(report.probes[1].betterPercentage == 0.5 && report.probes[1].ties == 0)
    let better = try #require(report.betterPercentage)
    #expect(better.mean == 0.5 && better.min == 0.5 && better.ties == 0.25)
  }

  @Test func trueGainIsInRewardUnitsOfTheProbe() throws {
    let world = try #require(twoRequests().world)
    // Probe 0: (2 - 1 + 0 - 1) / 2 over scale 1; probe 1: (6 - 4 + 0 - 2) / 2 over scale 2.
    #expect(world.trueGain.mean == 0 && world.trueGain.min == 0)
    #expect(world.predictedGain.mean == 0.5 && world.predictedGain.min == 0)
  }

  @Test func controlFollowsEachLineInTheOrderOfItsWeight() {
    let control = twoRequests().control
    #expect(control.spearman == ["a": 1, "b": 1])
  }
}
