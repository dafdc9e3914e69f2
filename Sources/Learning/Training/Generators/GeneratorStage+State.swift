extension GeneratorStage {
  /// Everything beside tensors that the next step depends on.
  struct State: Codable, Sendable {
    /// Fresh starts after a collapse.
    var attempt = 0
    /// Steps done in this attempt.
    var step = 0
    /// Steps done over all attempts.
    var tick = 0
    /// Running mean of squared advantages; nil before the first step.
    var squares: Double?
    var health = HealthWatch.State()
    var optimiserStep = 0
    /// Gain of the generator that the judge liked best so far; nil before the first judgeValidation.
    var bestGain: Double?

    private enum CodingKeys: String, CodingKey {
      case attempt, step, tick, squares, health
      case optimiserStep = "optimiser_step"
      case bestGain = "best_gain"
    }
  }
}
