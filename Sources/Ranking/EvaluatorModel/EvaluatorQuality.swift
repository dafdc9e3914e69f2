/// How good the frozen evaluators are on held-out sessions, and whether that is good enough.
public struct EvaluatorQuality: Codable, Sendable, Equatable {
  /// One head: log loss for probabilities, mean squared error in standard deviations for numbers.
  public struct Head: Codable, Sendable, Equatable {
    public var feedback: String
    public var loss: Double
    /// Loss of predicting each slot's mean.
    public var baseRateLoss: Double
    /// Loss of the best single number of an item, and its name.
    public var scoreLoss: Double?
    public var score: String?
    /// Expected calibration error; nil for numbers.
    public var calibrationError: Double?
    public var reliability: [Bin]
    /// Slots judged.
    public var slots: Int

    private enum CodingKeys: String, CodingKey {
      case feedback, loss
      case baseRateLoss = "base_rate_loss"
      case scoreLoss = "score_loss"
      case score
      case calibrationError = "calibration_error"
      case reliability, slots
    }
  }

  /// One bin of a reliability curve.
  public struct Bin: Codable, Sendable, Equatable {
    public var count: Int
    public var predicted: Double
    public var observed: Double

    public init(count: Int, predicted: Double, observed: Double) {
      self.count = count
      self.predicted = predicted
      self.observed = observed
    }
  }

  public var heads: [Head]
  /// What falls short, worded for the user; empty when the gate is passed.
  public var shortcomings: [String]
  /// Training went on in spite of the shortcomings.
  public var forced: Bool

  public var passed: Bool { shortcomings.isEmpty }

  public init(heads: [Head], shortcomings: [String], forced: Bool = false) {
    self.heads = heads
    self.shortcomings = shortcomings
    self.forced = forced
  }
}

extension EvaluatorQuality.Head {
  public init(
    feedback: String, loss: Double, baseRateLoss: Double, score: (loss: Double, name: String)?,
    calibrationError: Double?, reliability: [EvaluatorQuality.Bin], slots: Int
  ) {
    self.feedback = feedback
    self.loss = loss
    self.baseRateLoss = baseRateLoss
    scoreLoss = score?.loss
    self.score = score?.name
    self.calibrationError = calibrationError
    self.reliability = reliability
    self.slots = slots
  }
}
