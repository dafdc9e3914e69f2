import EvaluationReport
import Statistics

extension EvaluationAccumulator {
  /// Control along every objective's line; `evaluated` are the reported probes, in order.
  func control(evaluated: [Int], intervals: ProbeIntervals) -> ControlSummary {
    var spearmans: [String: Double?] = [:]
    var trueSpearmans: [String: Double?] = [:]
    var ranges: [String: Double] = [:]
    var fits: [String: LinearFit] = [:]
    var levels: [String: Double] = [:]
    var points: [String: [LinePoint]] = [:]
    for (objective, name) in objectives.enumerated() {
      let line = linePoints(of: objective, evaluated: evaluated, intervals: intervals)
      guard !line.isEmpty else { continue }
      let weights = line.map(\.weight)
      let utilities = line.map(\.utility)
      points[name] = line
      // `updateValue`, because assigning a nil through the subscript would drop the key.
      spearmans.updateValue(spearman(weights, utilities), forKey: name)
      ranges[name] = (utilities.max() ?? 0) - (utilities.min() ?? 0)
      fits[name] = linearFit(weights, utilities)
      levels[name] = loggedLevel(of: objective, on: line.map { evaluated[$0.probe] })
      if knows(.truth) {
        let truths = line.compactMap(\.trueUtility)
        trueSpearmans.updateValue(spearman(weights, truths), forKey: name)
      }
    }
    return ControlSummary(
      spearman: spearmans, range: ranges, fit: fits, logged: levels, lines: points,
      trueSpearman: knows(.truth) ? trueSpearmans : nil)
  }

  private func linePoints(
    of objective: Int, evaluated: [Int], intervals: ProbeIntervals
  ) -> [LinePoint] {
    lines[objective].compactMap { probe in
      guard let place = evaluated.firstIndex(of: probe) else { return nil }
      let sum = sums[probe]
      let requests = Double(sum.requests)
      let interval = sum.column(ofObjective: objective).flatMap { intervals.byProbe[place][$0] }
      return LinePoint(
        probe: place, weight: probes[probe][objective],
        utility: sum[.evaluators].generated[objective] / requests,
        utilityLow: interval?.low, utilityHigh: interval?.high,
        judgeUtility: knows(.judge) ? sum[.judge].generated[objective] / requests : nil,
        trueUtility: knows(.truth) ? sum[.truth].generated[objective] / requests : nil)
    }
  }

  private func loggedLevel(of objective: Int, on line: [Int]) -> Double {
    let requests = line.reduce(0) { $0 + sums[$1].requests }
    return line.reduce(0) { $0 + sums[$1][.evaluators].logged[objective] } / Double(requests)
  }
}
