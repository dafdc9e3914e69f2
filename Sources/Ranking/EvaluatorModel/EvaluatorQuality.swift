/// How good the frozen evaluators are on held-out sessions, and whether that is good enough.
package struct EvaluatorQuality: Codable, Sendable, Equatable {
  /// One head: log loss for probabilities, mean squared error in standard deviations for numbers.
  package struct Head: Codable, Sendable, Equatable {
    package var feedback: String
    package var loss: Double
    /// Loss of predicting each slot's mean.
    package var baseRateLoss: Double
    /// Loss of the best single number of an item, and its name.
    package var scoreLoss: Double?
    package var score: String?
    /// Expected calibration error; nil for numbers.
    package var calibrationError: Double?
    /// How often, in a list, a place with the feedback was predicted above one without (GAUC); nil for
    /// numbers, and in checkpoints from before it was measured.
    package var gauc: Double?
    package var reliability: [Bin]
    /// Slots judged.
    package var slots: Int

    private enum CodingKeys: String, CodingKey {
      case feedback, loss
      case baseRateLoss = "base_rate_loss"
      case scoreLoss = "score_loss"
      case score
      case calibrationError = "calibration_error"
      case gauc, reliability, slots
    }
  }

  /// One bin of a reliability curve.
  package struct Bin: Codable, Sendable, Equatable {
    package var count: Int
    package var predicted: Double
    package var observed: Double

    package init(count: Int, predicted: Double, observed: Double) {
      self.count = count
      self.predicted = predicted
      self.observed = observed
    }
  }

  package var heads: [Head]
  /// What falls short, worded for the user; empty when the gate is passed.
  package var shortcomings: [String]
  /// Training went on in spite of the shortcomings.
  package var forced: Bool

  package var passed: Bool { shortcomings.isEmpty }

  package init(heads: [Head], shortcomings: [String], forced: Bool = false) {
    self.heads = heads
    self.shortcomings = shortcomings
    self.forced = forced
  }
}

extension EvaluatorQuality.Head {
  package init(
    feedback: String, loss: Double, baseRateLoss: Double, score: (loss: Double, name: String)?,
    calibrationError: Double?, gauc: Double? = nil, reliability: [EvaluatorQuality.Bin], slots: Int
  ) {
    self.feedback = feedback
    self.loss = loss
    self.baseRateLoss = baseRateLoss
    scoreLoss = score?.loss
    self.score = score?.name
    self.calibrationError = calibrationError
    self.gauc = gauc
    self.reliability = reliability
    self.slots = slots
  }
}
