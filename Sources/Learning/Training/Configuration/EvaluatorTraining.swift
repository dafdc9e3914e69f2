import Networks

/// How evaluators are fitted; the `training.evaluator` section.
public struct EvaluatorTraining: Codable, Sendable, Equatable {
  /// Sessions per step.
  public var batch = 128
  /// Passes over the training sessions, at most.
  public var epochs = 6
  /// Epochs without a better validation loss after which a member stops.
  public var patience = 3
  public var learningRate = 5e-3
  public var warmup = 50
  /// Decoupled weight decay.
  public var decay: Float = 0.5
  /// Share of categories that are turned into unknown ones, so that the row for them is trained.
  public var unknownRate = 0.01
  /// Standard errors by which held-out loss must be below that of each trivial predictor.
  public var requiredMargin = 2.0
  /// Highest expected calibration error, beyond what chance explains, with which training goes on to
  /// the generator.
  public var maximumCalibrationError = 0.05

  public init() {}

  private enum CodingKeys: String, CodingKey {
    case batch, epochs, patience
    case learningRate = "learning_rate"
    case warmup, decay
    case unknownRate = "unknown_rate"
    case requiredMargin = "required_margin"
    case maximumCalibrationError = "maximum_calibration_error"
  }

  public init(from decoder: any Decoder) throws {
    let keys = try decoder.container(keyedBy: CodingKeys.self)
    func read<T: Decodable>(_ key: CodingKeys, _ field: inout T) throws {
      field = try keys.decodeIfPresent(T.self, forKey: key) ?? field
    }
    try read(.batch, &batch)
    try read(.epochs, &epochs)
    try read(.patience, &patience)
    try read(.learningRate, &learningRate)
    try read(.warmup, &warmup)
    try read(.decay, &decay)
    try read(.unknownRate, &unknownRate)
    try read(.requiredMargin, &requiredMargin)
    try read(.maximumCalibrationError, &maximumCalibrationError)
  }

  var schedule: LearningRate { LearningRate(peak: learningRate, warmup: warmup, floor: 0.05) }

  func validate() -> [String] {
    var faults: [String] = []
    for (name, value) in [("batch", batch), ("epochs", epochs), ("patience", patience)]
    where value < 1 {
      faults.append("training.evaluator.\(name): expected at least 1, got \(value)")
    }
    if !(learningRate > 0 && learningRate.isFinite) {
      faults.append("training.evaluator.learning_rate: expected above 0, got \(learningRate)")
    }
    if !(0...1).contains(unknownRate) {
      faults.append("training.evaluator.unknown_rate: expected within 0...1, got \(unknownRate)")
    }
    if warmup < 0 {
      faults.append("training.evaluator.warmup: expected at least 0, got \(warmup)")
    }
    if !(decay >= 0 && decay.isFinite) {
      faults.append("training.evaluator.decay: expected at least 0, got \(decay)")
    }
    if !(requiredMargin >= 0 && requiredMargin.isFinite) {
      faults.append(
        "training.evaluator.required_margin: expected at least 0, got \(requiredMargin)")
    }
    if !(maximumCalibrationError > 0) {
      faults.append(
        "training.evaluator.maximum_calibration_error: expected above 0, got "
          + "\(maximumCalibrationError)")
    }
    return faults
  }
}
