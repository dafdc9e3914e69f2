/// How much of what was there to gain was gained:
/// `(R_generated - R_logged) / (R_best - R_logged)`, sums over the searched requests.
public struct AttainmentSummary: Codable, Sendable, Equatable {
  /// Requests that were searched.
  public let requests: Int
  /// Every list was scored; otherwise R_best is the best that a local search found.
  public let exhaustive: Bool
  /// R by the training evaluators.
  public let byEvaluators: AttainmentFigures?
  /// R by the world's truth.
  public let byTruth: AttainmentFigures?

  enum CodingKeys: String, CodingKey {
    case requests, exhaustive
    case byEvaluators = "by_evaluators"
    case byTruth = "by_truth"
  }

  public init(
    requests: Int, exhaustive: Bool, byEvaluators: AttainmentFigures?,
    byTruth: AttainmentFigures?
  ) {
    self.requests = requests
    self.exhaustive = exhaustive
    self.byEvaluators = byEvaluators
    self.byTruth = byTruth
  }
}

/// Attainment in one viewpoint's eyes.
public struct AttainmentFigures: Codable, Sendable, Equatable {
  public let mean: Double
  /// At the least favourable probe.
  public let min: Double
  /// Per probe; nil where nothing was to be gained.
  public let probes: [Double?]

  /// - Parameters:
  ///   - gained: sums of `R_generated - R_logged` per probe.
  ///   - attainable: sums of `R_best - R_logged` per probe.
  /// Nil when there was nothing to gain anywhere.
  public init?(gained: [Double], attainable: [Double]) {
    probes = zip(gained, attainable).map { $1 > 1e-9 ? $0 / $1 : nil }
    let known = probes.compactMap(\.self)
    guard let least = known.min() else { return nil }
    mean = known.reduce(0, +) / Double(known.count)
    min = least
  }
}
