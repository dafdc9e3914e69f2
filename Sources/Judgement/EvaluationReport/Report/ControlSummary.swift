package import Statistics

/// Does turning a weight move its utility? Per objective, along a line of probes on which its
/// weight grows.
package struct ControlSummary: Codable, Sendable, Equatable {
  /// Rank correlation of weight and utility; nil (JSON null) when the utility never changes.
  package let spearman: [String: Double?]
  /// Largest minus smallest mean utility on the line, raw units.
  package let range: [String: Double]
  /// Least-squares line of utility over weight; absent when the line has fewer than two weights.
  package let fit: [String: LinearFit]
  /// Mean utility of the logged lists on the same requests, raw units.
  package let logged: [String: Double]
  /// In order of weight.
  package let lines: [String: [LinePoint]]
  /// `spearman` for the true utilities; nil without a world.
  package let trueSpearman: [String: Double?]?

  enum CodingKeys: String, CodingKey {
    case spearman, range, fit, logged, lines
    case trueSpearman = "true_spearman"
  }

  package init(
    spearman: [String: Double?], range: [String: Double], fit: [String: LinearFit],
    logged: [String: Double], lines: [String: [LinePoint]], trueSpearman: [String: Double?]?
  ) {
    self.spearman = spearman
    self.range = range
    self.fit = fit
    self.logged = logged
    self.lines = lines
    self.trueSpearman = trueSpearman
  }
}

/// One probe on an objective's line.
package struct LinePoint: Codable, Sendable, Equatable {
  /// Index into the report's probes.
  package let probe: Int
  /// The objective's own weight, in 0...1.
  package let weight: Double
  /// Mean utility of the generated lists, raw units, with its bootstrap interval over users.
  package let utility: Double
  package let utilityLow: Double?
  package let utilityHigh: Double?
  /// By the judge.
  package let judgeUtility: Double?
  /// By the world's truth.
  package let trueUtility: Double?

  enum CodingKeys: String, CodingKey {
    case probe, weight, utility
    case utilityLow = "utility_low"
    case utilityHigh = "utility_high"
    case judgeUtility = "judge_utility"
    case trueUtility = "true_utility"
  }

  package init(
    probe: Int, weight: Double, utility: Double, utilityLow: Double?, utilityHigh: Double?,
    judgeUtility: Double?, trueUtility: Double?
  ) {
    self.probe = probe
    self.weight = weight
    self.utility = utility
    self.utilityLow = utilityLow
    self.utilityHigh = utilityHigh
    self.judgeUtility = judgeUtility
    self.trueUtility = trueUtility
  }
}
