/// Better percentage over all probes, each counting the same.
public struct BetterSummary: Codable, Sendable, Equatable {
  public let mean: Double
  /// At the least favourable probe.
  public let min: Double
  /// Bootstrap interval of the mean over users; nil for a single user.
  public let low: Double?
  public let high: Double?
  /// Mean share of ties.
  public let ties: Double
}

/// A figure averaged over the probes, each counting the same.
public struct ProbeAverage: Codable, Sendable, Equatable {
  public let mean: Double
  /// At the least favourable probe.
  public let min: Double
  /// Bootstrap interval of the mean over users; nil for a single user.
  public let low: Double?
  public let high: Double?
}

/// What the world's truth says, beside what the evaluator promised for the same lists.
public struct WorldSummary: Codable, Sendable, Equatable {
  /// True reward of the generated lists minus that of the logged ones, in reward units.
  public let trueGain: ProbeAverage
  public let predictedGain: ProbeAverage
  public let trueBetterPercentage: ProbeAverage

  enum CodingKeys: String, CodingKey {
    case trueGain = "true_gain"
    case predictedGain = "predicted_gain"
    case trueBetterPercentage = "true_better_percentage"
  }
}
