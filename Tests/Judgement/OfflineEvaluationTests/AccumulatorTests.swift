import EvaluationReport
import OfflineEvaluation
import RandomStreams
import Testing

@Suite struct AccumulatorTests {
  /// Two users with one request each; every figure by hand.
  private func twoRequests() -> EvaluationReport {
    var accumulator = EvaluationAccumulator(
      objectives: ["a", "b"], scales: [1, 2], probes: [[1, 0], [0, 1]], lines: [[1, 0], [0, 1]])
    func add(
      _ probe: Int, _ user: UInt64, logged: [Double], generated: [Double], judged: [Double],
      true truth: [Double]
    ) {
      func seen(_ list: [Double]) -> EvaluatedLists {
        EvaluatedLists(generated: list, logged: logged)
      }
      accumulator.add(
        probe: probe, user: user, predicted: seen(generated), judged: seen(judged),
        truth: seen(truth))
    }
    add(0, 1, logged: [1, 4], generated: [3, 2], judged: [2.5, 4], true: [2, 2])
    add(0, 2, logged: [1, 2], generated: [1, 0], judged: [1, 1], true: [0, 0])
    add(1, 1, logged: [1, 4], generated: [1, 6], judged: [1, 5], true: [1, 6])
    add(1, 2, logged: [1, 2], generated: [1, 0], judged: [1, 0], true: [1, 0])
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
    #expect(world.gainKept == 0)
  }

  @Test func theGapIsThePredictedGainThatTheJudgeDoesNotSee() throws {
    let report = twoRequests()
    let probes = report.probes.compactMap(\.judge)
    // Probe 0: predicted 1, judge (1.5 + 0) / 2; probe 1: predicted 0, judge (0.5 - 1) / 2.
    #expect(probes.map(\.gain) == [0.75, -0.25] && probes.map(\.gap) == [0.25, 0.25])
    #expect(probes.map(\.betterPercentage) == [0.5, 0.5] && probes.map(\.ties) == [0.5, 0])
    let judge = try #require(report.judge)
    #expect(judge.gain.mean == 0.25 && judge.predictedGain.mean == 0.5)
    #expect(judge.gap.mean == 0.25 && judge.gap.max == 0.25 && judge.gap.share == 0.5)
    #expect(judge.betterPercentage.mean == 0.5 && judge.betterPercentage.ties == 0.25)
  }

  @Test func controlFollowsEachLineInTheOrderOfItsWeight() throws {
    let control = twoRequests().control
    #expect(control.spearman == ["a": 1, "b": 1])
    let line = try #require(control.lines["a"])
    #expect(line.map(\.probe) == [1, 0] && line.map(\.weight) == [0, 1])
    #expect(line.map(\.judgeUtility) == [1, 1.75] && line.map(\.trueUtility) == [1, 1])
  }

  @Test(arguments: [1, 2, 3] as [UInt64])
  func figuresAgreeWithAPlainLoopOverTheComparisons(seed: UInt64) throws {
    var stream = RandomStream(seed: seed, "comparisons")
    let lists = (0..<40).map { _ in
      (0..<2).map { _ in
        EvaluatedLists(
          generated: [Double(stream.below(4)), 1], logged: [Double(stream.below(4)), 1])
      }
    }
    var accumulator = EvaluationAccumulator(
      objectives: ["a", "b"], scales: [2, 1], probes: [[3, 1]], lines: [[], []])
    for (request, seen) in lists.enumerated() {
      accumulator.add(
        probe: 0, user: UInt64(request % 7), predicted: seen[0], judged: seen[1])
    }
    var bootstrap = RandomStream(seed: seed, "bootstrap")
    let report = accumulator.report(bootstrapSamples: 20, using: &bootstrap)
    let probe = try #require(report.probes.first)
    let judge = try #require(probe.judge)
    // The second utility is the same everywhere: only the first one tells lists apart.
    for (view, better, ties) in [
      (0, probe.betterPercentage, probe.ties), (1, judge.betterPercentage, judge.ties),
    ] {
      let pairs = lists.map { ($0[view].generated[0], $0[view].logged[0]) }
      #expect(abs(better - Double(pairs.count { $0.0 > $0.1 }) / 40) < 1e-12)
      #expect(abs(ties - Double(pairs.count { $0.0 == $0.1 }) / 40) < 1e-12)
    }
    let gain = lists.reduce(0) { $0 + 0.75 / 2 * ($1[1].generated[0] - $1[1].logged[0]) } / 40
    #expect(abs(judge.gain - gain) < 1e-12)
    let predicted = lists.reduce(0) { $0 + 0.75 / 2 * ($1[0].generated[0] - $1[0].logged[0]) } / 40
    #expect(abs(judge.gap - (predicted - gain)) < 1e-12)
  }

  @Test func probesWithoutARequestAreLeftOut() {
    var accumulator = EvaluationAccumulator(
      objectives: ["a", "b"], scales: [1, 1], probes: [[1, 0], [0, 1]], lines: [[1, 0], [0, 1]])
    let lists = EvaluatedLists(generated: [1, 1], logged: [0, 0])
    accumulator.add(probe: 1, user: 1, predicted: lists)
    var stream = RandomStream(seed: 1, "bootstrap")
    let report = accumulator.report(using: &stream)
    #expect(report.probes.map(\.weights) == [["a": 0, "b": 1]])
    #expect(report.control.lines["b"]?.map(\.probe) == [0])
    #expect(report.judge == nil && report.world == nil)
    // One user has no interval.
    #expect(report.betterPercentage?.mean == 1 && report.betterPercentage?.low == nil)
  }
}
