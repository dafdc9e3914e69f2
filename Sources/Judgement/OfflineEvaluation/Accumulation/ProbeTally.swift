import Statistics

/// One method at one probe in one viewpoint's eyes, means over its requests.
package struct ProbeTally: Sendable {
  package let requests: Int
  /// Share of requests whose generated list has the higher reward.
  package let better: Double
  package let gain: Double
  package let reward: Double
  package let rewardLogged: Double
  /// In units of the objectives' scales, [k].
  package let utilities: [Double]
  package let utilitiesLogged: [Double]
}

extension EvaluationAccumulator {
  /// Nil for a probe without a request or a viewpoint that was not given.
  package func tally(_ view: Viewpoint, probe: Int) -> ProbeTally? {
    let sum = sums[probe]
    guard sum.requests > 0, knows(view), let means = sum.perUser.means else { return nil }
    let n = Double(sum.requests)
    let own = sum[view]
    return ProbeTally(
      requests: sum.requests, better: means[ProbeSums.column(of: view, .better)],
      gain: means[ProbeSums.column(of: view, .gain)], reward: own.rewardGenerated / n,
      rewardLogged: own.rewardLogged / n, utilities: scaled(own.generated.map { $0 / n }),
      utilitiesLogged: scaled(own.logged.map { $0 / n }))
  }
}
