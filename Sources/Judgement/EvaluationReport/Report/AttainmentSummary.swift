/// How much of what was there to gain was gained:
/// `(R_generated - R_logged) / (R_best - R_logged)`, sums over the searched requests.
package struct AttainmentSummary: Codable, Sendable, Equatable {
  /// Requests that were searched.
  package let requests: Int
  /// Every list was scored; otherwise R_best is the best that a local search found.
  package let exhaustive: Bool
  /// R by the training evaluators.
  package let byEvaluators: AttainmentFigures?
  /// R by the world's truth.
  package let byTruth: AttainmentFigures?
  /// R by the world's truth of the lists that are best by the evaluators: where it is low the
  /// evaluators are short, and where the generated lists attain less than it the policy is.
  package let ceiling: AttainmentFigures?

  enum CodingKeys: String, CodingKey {
    case requests, exhaustive, ceiling
    case byEvaluators = "by_evaluators"
    case byTruth = "by_truth"
  }

  package init(
    requests: Int, exhaustive: Bool, byEvaluators: AttainmentFigures?,
    byTruth: AttainmentFigures?, ceiling: AttainmentFigures? = nil
  ) {
    self.requests = requests
    self.exhaustive = exhaustive
    self.byEvaluators = byEvaluators
    self.byTruth = byTruth
    self.ceiling = ceiling
  }
}

/// Attainment in one viewpoint's eyes.
package struct AttainmentFigures: Codable, Sendable, Equatable {
  package let mean: Double
  /// At the least favourable probe.
  package let min: Double
  /// Per probe; nil where nothing was to be gained.
  package let probes: [Double?]

  /// - Parameters:
  ///   - gained: sums of `R_generated - R_logged` per probe.
  ///   - attainable: sums of `R_best - R_logged` per probe.
  /// Nil when there was nothing to gain anywhere.
  package init?(gained: [Double], attainable: [Double]) {
    probes = zip(gained, attainable).map { $1 > 1e-9 ? $0 / $1 : nil }
    let known = probes.compactMap(\.self)
    guard let least = known.min() else { return nil }
    mean = known.reduce(0, +) / Double(known.count)
    min = least
  }
}
