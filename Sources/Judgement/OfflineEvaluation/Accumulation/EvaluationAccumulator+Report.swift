package import EvaluationReport
import Statistics

extension EvaluationAccumulator {
  /// The report of everything added so far. Probes without a request are left out, of lines too.
  ///
  /// - Parameters:
  ///   - bootstrapSamples: draws for all intervals; 1,000 is plenty for 95 %.
  ///   - generator: the same state gives the same report, in whatever order users appeared (up to
  ///     the rounding of sums).
  package func report(
    bootstrapSamples: Int = 1000, using generator: inout some RandomNumberGenerator,
    confidenceLevel: Double = 0.95, listLength: Int? = nil, evaluator: EvaluatorSummary? = nil,
    provenance: Provenance = Provenance()
  ) -> EvaluationReport {
    let judged = probes.indices.filter { sums[$0].requests > 0 }
    // By key: a dictionary's own order changes from process to process.
    let users = slots.sorted { $0.key < $1.key }.map(\.value)
    let intervals = ProbeIntervals(
      sums: judged.map { sums[$0] }, users: users, samples: bootstrapSamples,
      level: confidenceLevel, using: &generator)
    let results = judged.enumerated().map { place, probe in
      result(of: probe, intervals: intervals.byProbe[place])
    }
    return EvaluationReport(
      requests: sums.map(\.requests).max() ?? 0, users: users.count, listLength: listLength,
      objectives: objectives, scales: scales, confidenceLevel: confidenceLevel,
      bootstrapSamples: bootstrapSamples, probes: results,
      betterPercentage: betterSummary(
        results.map { ($0.betterPercentage, $0.ties) }, intervals, .evaluators),
      control: control(evaluated: judged, intervals: intervals), front: front(evaluated: judged),
      judge: judgeSummary(results, intervals), world: worldSummary(results, intervals),
      evaluator: evaluator, provenance: provenance)
  }

  func knows(_ view: Viewpoint) -> Bool { viewpoints?.contains(view) == true }

  private func result(of probe: Int, intervals: [Interval?]) -> ProbeResult {
    let sum = sums[probe]
    let requests = Double(sum.requests)
    // A probe that is reported has requests, so there are means.
    let means = sum.perUser.means ?? [Double](repeating: 0, count: sum.perUser.columns)
    func mean(_ view: Viewpoint, _ figure: ProbeSums.Figure) -> Double {
      means[ProbeSums.column(of: view, figure)]
    }
    func interval(_ view: Viewpoint, _ figure: ProbeSums.Figure) -> Interval? {
      intervals[ProbeSums.column(of: view, figure)]
    }
    let truth = ProbeTruth(
      trueGain: mean(.truth, .gain), predictedGain: mean(.evaluators, .gain),
      trueBetterPercentage: mean(.truth, .better),
      trueUtilities: named(sum[.truth].generated, over: requests),
      trueUtilitiesLogged: named(sum[.truth].logged, over: requests))
    let judge = ProbeJudgement(
      betterPercentage: mean(.judge, .better), betterLow: interval(.judge, .better)?.low,
      betterHigh: interval(.judge, .better)?.high, ties: Double(sum[.judge].ties) / requests,
      gain: mean(.judge, .gain), gap: mean(.evaluators, .gain) - mean(.judge, .gain),
      utilities: named(sum[.judge].generated, over: requests),
      utilitiesLogged: named(sum[.judge].logged, over: requests))
    let own = sum[.evaluators]
    return ProbeResult(
      weights: named(probes[probe], over: 1), betterPercentage: mean(.evaluators, .better),
      betterLow: interval(.evaluators, .better)?.low,
      betterHigh: interval(.evaluators, .better)?.high,
      ties: Double(own.ties) / requests,
      rewardGenerated: own.rewardGenerated / requests, rewardLogged: own.rewardLogged / requests,
      utilities: named(own.generated, over: requests),
      utilitiesLogged: named(own.logged, over: requests), judge: knows(.judge) ? judge : nil,
      world: knows(.truth) ? truth : nil)
  }

  private func betterSummary(
    _ shares: [(better: Double, ties: Double)], _ intervals: ProbeIntervals, _ view: Viewpoint
  ) -> BetterSummary? {
    guard let better = average(shares.map(\.better), intervals.overall(view, .better)) else {
      return nil
    }
    let ties = shares.reduce(0) { $0 + $1.ties } / Double(shares.count)
    return BetterSummary(
      mean: better.mean, min: better.min, low: better.low, high: better.high, ties: ties)
  }

  private func judgeSummary(
    _ results: [ProbeResult], _ intervals: ProbeIntervals
  ) -> JudgeSummary? {
    let judged = results.compactMap(\.judge)
    guard
      let better = betterSummary(
        judged.map { ($0.betterPercentage, $0.ties) }, intervals, .judge),
      let gain = average(judged.map(\.gain), intervals.overall(.judge, .gain)),
      let predicted = average(
        results.map { $0.rewardGenerated - $0.rewardLogged },
        intervals.overall(.evaluators, .gain))
    else { return nil }
    let gaps = judged.map(\.gap)
    return JudgeSummary(
      betterPercentage: better, gain: gain, predictedGain: predicted,
      gap: GapSummary(
        mean: gaps.reduce(0, +) / Double(gaps.count), max: gaps.max() ?? 0,
        share: predicted.mean > 0 ? 1 - gain.mean / predicted.mean : nil),
      evaluator: nil)
  }

  private func worldSummary(
    _ results: [ProbeResult], _ intervals: ProbeIntervals
  ) -> WorldSummary? {
    let truths = results.compactMap(\.world)
    guard let trueGain = average(truths.map(\.trueGain), intervals.overall(.truth, .gain)),
      let predictedGain = average(
        truths.map(\.predictedGain), intervals.overall(.evaluators, .gain)),
      let better = average(
        truths.map(\.trueBetterPercentage), intervals.overall(.truth, .better))
    else { return nil }
    return WorldSummary(
      trueGain: trueGain, predictedGain: predictedGain, trueBetterPercentage: better,
      gainKept: predictedGain.mean > 0 ? trueGain.mean / predictedGain.mean : nil)
  }

  private func average(_ values: [Double], _ interval: Interval?) -> ProbeAverage? {
    guard let smallest = values.min() else { return nil }
    let mean = values.reduce(0, +) / Double(values.count)
    return ProbeAverage(mean: mean, min: smallest, low: interval?.low, high: interval?.high)
  }

  private func named(_ values: [Double], over count: Double) -> [String: Double] {
    Dictionary(uniqueKeysWithValues: zip(objectives, values.map { $0 / count }))
  }
}
