/// What a judge of another kind says: boosted trees, fitted to the judge's users.
package struct BoostedSummary: Codable, Sendable, Equatable {
  /// Reward of the generated lists minus that of the logged ones, as the trees predict it.
  package let gain: ProbeAverage
  /// Share of requests where the trees prefer the generated list; ties are no wins.
  package let betterPercentage: ProbeAverage
  /// Sessions that trees were grown on.
  package let sessions: Int
  /// Requests that were judged.
  package let requests: Int
  /// By feedback kind: whose word counts.
  package let losses: [String: Losses]

  /// Loss per slot on the same held-out sessions: log loss of probabilities, squared error of numbers
  /// in their unit.
  package struct Losses: Codable, Sendable, Equatable {
    package let boosted: Double
    package let evaluators: Double
    /// Nil for a checkpoint without a judge.
    package let judge: Double?
    /// Of predicting each slot's mean over the sessions that the trees were fitted to.
    package let slotMean: Double

    enum CodingKeys: String, CodingKey {
      case boosted, evaluators, judge
      case slotMean = "slot_mean"
    }

    package init(boosted: Double, evaluators: Double, judge: Double?, slotMean: Double) {
      self.boosted = boosted
      self.evaluators = evaluators
      self.judge = judge
      self.slotMean = slotMean
    }
  }

  enum CodingKeys: String, CodingKey {
    case gain, sessions, requests, losses
    case betterPercentage = "better_percentage"
  }

  package init(
    gain: ProbeAverage, betterPercentage: ProbeAverage, sessions: Int, requests: Int,
    losses: [String: Losses]
  ) {
    self.gain = gain
    self.betterPercentage = betterPercentage
    self.sessions = sessions
    self.requests = requests
    self.losses = losses
  }
}
