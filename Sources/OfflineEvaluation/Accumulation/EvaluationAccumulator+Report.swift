import Measures

extension EvaluationAccumulator {
  /// The report of everything added so far. Probes without a request are left out, of lines too.
  ///
  /// - Parameters:
  ///   - bootstrapSamples: draws for all intervals; 1,000 is plenty for 95 %.
  ///   - generator: the same state gives the same report, in whatever order users appeared (up to
  ///     the rounding of sums).
  public func report(
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
      result(of: probe, better: intervals.byProbe[place][ProbeSums.Column.better.rawValue])
    }
    return EvaluationReport(
      requests: sums.map(\.requests).max() ?? 0, users: users.count, listLength: listLength,
      objectives: objectives, scales: scales, confidenceLevel: confidenceLevel,
      bootstrapSamples: bootstrapSamples, probes: results,
      betterPercentage: betterSummary(results, intervals),
      control: control(judged: judged, intervals: intervals),
      world: worldSummary(results, intervals), evaluator: evaluator, provenance: provenance)
  }

  private func result(of probe: Int, better: Interval?) -> ProbeResult {
    let sum = sums[probe]
    let requests = Double(sum.requests)
    // A probe that is reported has requests, so there are means.
    let means = sum.perUser.means ?? [Double](repeating: 0, count: sum.perUser.columns)
    let truth = ProbeTruth(
      trueGain: means[ProbeSums.Column.trueGain.rawValue],
      predictedGain: means[ProbeSums.Column.predictedGain.rawValue],
      trueBetterPercentage: means[ProbeSums.Column.trueBetter.rawValue],
      trueUtilities: named(sum.trueGenerated, over: requests),
      trueUtilitiesLogged: named(sum.trueLogged, over: requests))
    return ProbeResult(
      weights: named(probes[probe], over: 1),
      betterPercentage: means[ProbeSums.Column.better.rawValue],
      betterLow: better?.low, betterHigh: better?.high,
      ties: Double(sum.ties) / requests,
      rewardGenerated: sum.rewardGenerated / requests, rewardLogged: sum.rewardLogged / requests,
      utilities: named(sum.generated, over: requests),
      utilitiesLogged: named(sum.logged, over: requests),
      world: knowsTruth == true ? truth : nil)
  }

  private func betterSummary(
    _ results: [ProbeResult], _ intervals: ProbeIntervals
  ) -> BetterSummary? {
    guard let better = average(results.map(\.betterPercentage), intervals.overall(.better)) else {
      return nil
    }
    let ties = results.reduce(0) { $0 + $1.ties } / Double(results.count)
    return BetterSummary(
      mean: better.mean, min: better.min, low: better.low, high: better.high, ties: ties)
  }

  private func worldSummary(
    _ results: [ProbeResult], _ intervals: ProbeIntervals
  ) -> WorldSummary? {
    let truths = results.compactMap(\.world)
    guard let trueGain = average(truths.map(\.trueGain), intervals.overall(.trueGain)),
      let predictedGain = average(
        truths.map(\.predictedGain), intervals.overall(.predictedGain)),
      let better = average(truths.map(\.trueBetterPercentage), intervals.overall(.trueBetter))
    else { return nil }
    return WorldSummary(
      trueGain: trueGain, predictedGain: predictedGain, trueBetterPercentage: better)
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
