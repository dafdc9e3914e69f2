/// Figures at one weighting of the objectives, averaged over the requests.
package struct ProbeResult: Codable, Sendable, Equatable {
  /// By objective, summing to 1.
  package let weights: [String: Double]
  /// Share of requests whose generated list has the higher reward, as the evaluator predicts it.
  package let betterPercentage: Double
  /// Bootstrap interval over users; nil for a single user.
  package let betterLow: Double?
  package let betterHigh: Double?
  /// Share of requests where both rewards are equal.
  package let ties: Double
  package let rewardGenerated: Double
  package let rewardLogged: Double
  /// Of the generated lists, by objective, raw units.
  package let utilities: [String: Double]
  package let utilitiesLogged: [String: Double]
  package let judge: ProbeJudgement?
  package let world: ProbeTruth?

  enum CodingKeys: String, CodingKey {
    case weights, ties, utilities, judge, world
    case betterPercentage = "better_percentage"
    case betterLow = "better_low"
    case betterHigh = "better_high"
    case rewardGenerated = "reward_generated"
    case rewardLogged = "reward_logged"
    case utilitiesLogged = "utilities_logged"
  }

  package init(
    weights: [String: Double], betterPercentage: Double, betterLow: Double?, betterHigh: Double?,
    ties: Double, rewardGenerated: Double, rewardLogged: Double, utilities: [String: Double],
    utilitiesLogged: [String: Double], judge: ProbeJudgement?, world: ProbeTruth?
  ) {
    self.weights = weights
    self.betterPercentage = betterPercentage
    self.betterLow = betterLow
    self.betterHigh = betterHigh
    self.ties = ties
    self.rewardGenerated = rewardGenerated
    self.rewardLogged = rewardLogged
    self.utilities = utilities
    self.utilitiesLogged = utilitiesLogged
    self.judge = judge
    self.world = world
  }
}

/// The same probe by the world's truth.
package struct ProbeTruth: Codable, Sendable, Equatable {
  /// Mean of the true reward of the generated list minus that of the logged one.
  package let trueGain: Double
  /// What the evaluator promised for the same lists.
  package let predictedGain: Double
  package let trueBetterPercentage: Double
  package let trueUtilities: [String: Double]
  package let trueUtilitiesLogged: [String: Double]

  enum CodingKeys: String, CodingKey {
    case trueGain = "true_gain"
    case predictedGain = "predicted_gain"
    case trueBetterPercentage = "true_better_percentage"
    case trueUtilities = "true_utilities"
    case trueUtilitiesLogged = "true_utilities_logged"
  }

  package init(
    trueGain: Double, predictedGain: Double, trueBetterPercentage: Double,
    trueUtilities: [String: Double], trueUtilitiesLogged: [String: Double]
  ) {
    self.trueGain = trueGain
    self.predictedGain = predictedGain
    self.trueBetterPercentage = trueBetterPercentage
    self.trueUtilities = trueUtilities
    self.trueUtilitiesLogged = trueUtilitiesLogged
  }
}

/// The same probe in the judge's eyes.
package struct ProbeJudgement: Codable, Sendable, Equatable {
  package let betterPercentage: Double
  /// Bootstrap interval over users; nil for a single user.
  package let betterLow: Double?
  package let betterHigh: Double?
  package let ties: Double
  /// Mean reward of the generated list minus that of the logged one.
  package let gain: Double
  /// The training evaluators' gain minus the judge's.
  package let gap: Double
  package let utilities: [String: Double]
  package let utilitiesLogged: [String: Double]

  enum CodingKeys: String, CodingKey {
    case ties, gain, gap, utilities
    case betterPercentage = "better_percentage"
    case betterLow = "better_low"
    case betterHigh = "better_high"
    case utilitiesLogged = "utilities_logged"
  }

  package init(
    betterPercentage: Double, betterLow: Double?, betterHigh: Double?, ties: Double, gain: Double,
    gap: Double, utilities: [String: Double], utilitiesLogged: [String: Double]
  ) {
    self.betterPercentage = betterPercentage
    self.betterLow = betterLow
    self.betterHigh = betterHigh
    self.ties = ties
    self.gain = gain
    self.gap = gap
    self.utilities = utilities
    self.utilitiesLogged = utilitiesLogged
  }
}
