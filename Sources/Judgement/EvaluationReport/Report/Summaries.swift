/// Better percentage over all probes, each counting the same.
package struct BetterSummary: Codable, Sendable, Equatable {
  package let mean: Double
  /// At the least favourable probe.
  package let min: Double
  /// Bootstrap interval of the mean over users; nil for a single user.
  package let low: Double?
  package let high: Double?
  /// Mean share of ties.
  package let ties: Double

  package init(mean: Double, min: Double, low: Double?, high: Double?, ties: Double) {
    self.mean = mean
    self.min = min
    self.low = low
    self.high = high
    self.ties = ties
  }
}

/// A figure averaged over the probes, each counting the same.
package struct ProbeAverage: Codable, Sendable, Equatable {
  package let mean: Double
  /// At the least favourable probe.
  package let min: Double
  /// Bootstrap interval of the mean over users; nil for a single user.
  package let low: Double?
  package let high: Double?

  package init(mean: Double, min: Double, low: Double?, high: Double?) {
    self.mean = mean
    self.min = min
    self.low = low
    self.high = high
  }
}

/// What the world's truth says, beside what the evaluator promised for the same lists.
package struct WorldSummary: Codable, Sendable, Equatable {
  /// True reward of the generated lists minus that of the logged ones, in reward units.
  package let trueGain: ProbeAverage
  package let predictedGain: ProbeAverage
  package let trueBetterPercentage: ProbeAverage
  /// True gain as a share of the predicted one, means over the probes; nil without a predicted gain.
  package let gainKept: Double?

  enum CodingKeys: String, CodingKey {
    case gainKept = "gain_kept"
    case trueGain = "true_gain"
    case predictedGain = "predicted_gain"
    case trueBetterPercentage = "true_better_percentage"
  }

  package init(
    trueGain: ProbeAverage, predictedGain: ProbeAverage, trueBetterPercentage: ProbeAverage,
    gainKept: Double?
  ) {
    self.trueGain = trueGain
    self.predictedGain = predictedGain
    self.trueBetterPercentage = trueBetterPercentage
    self.gainKept = gainKept
  }
}

/// What the judge says: evaluators fitted on other users, which the generator never saw.
package struct JudgeSummary: Codable, Sendable, Equatable {
  package let betterPercentage: BetterSummary
  /// Reward of the generated lists minus that of the logged ones, in the judge's eyes.
  package let gain: ProbeAverage
  /// The same in the training evaluators' eyes.
  package let predictedGain: ProbeAverage
  /// How far the evaluators' gain runs ahead of the judge's: the measure of over-optimisation.
  package let gap: GapSummary
  /// How good the judge itself is on held-out sessions of its own users.
  package var evaluator: EvaluatorSummary?

  enum CodingKeys: String, CodingKey {
    case gain, gap, evaluator
    case betterPercentage = "better_percentage"
    case predictedGain = "predicted_gain"
  }

  package init(
    betterPercentage: BetterSummary, gain: ProbeAverage, predictedGain: ProbeAverage,
    gap: GapSummary, evaluator: EvaluatorSummary? = nil
  ) {
    self.betterPercentage = betterPercentage
    self.gain = gain
    self.predictedGain = predictedGain
    self.gap = gap
    self.evaluator = evaluator
  }
}

/// Predicted gain minus the judge's, per probe, in reward units.
package struct GapSummary: Codable, Sendable, Equatable {
  package let mean: Double
  /// At the probe with the largest.
  package let max: Double
  /// Share of the mean predicted gain that the judge does not see; nil without a predicted gain.
  package let share: Double?

  package init(mean: Double, max: Double, share: Double?) {
    self.mean = mean
    self.max = max
    self.share = share
  }
}
