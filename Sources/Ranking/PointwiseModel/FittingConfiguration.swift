import Networks

/// How a model is fitted to logged feedback: steps of Adam on shuffled batches of logged sessions.
public struct FittingConfiguration: Codable, Sendable, Equatable {
  /// Sessions per step.
  public var batch = 128
  public var steps = 600
  /// Highest learning rate; a linear warm-up leads to it, half a cosine down to a twentieth.
  public var learningRate = 2e-3
  /// Steps until the highest rate.
  public var warmup = 50
  /// Decoupled weight decay.
  public var decay: Float = 0.1
  /// Share of categories that are turned into unknown ones, so that the row for them is trained.
  public var unknownRate = 0.01
  /// Parts of a batch that workers share out; part of the result, unlike their number.
  public var shards = 8

  public init() {}

  private enum CodingKeys: String, CodingKey {
    case batch, steps
    case learningRate = "learning_rate"
    case warmup, decay
    case unknownRate = "unknown_rate"
    case shards
  }

  public init(from decoder: any Decoder) throws {
    let keys = try decoder.container(keyedBy: CodingKeys.self)
    func read<T: Decodable>(_ key: CodingKeys, _ field: inout T) throws {
      field = try keys.decodeIfPresent(T.self, forKey: key) ?? field
    }
    try read(.batch, &batch)
    try read(.steps, &steps)
    try read(.learningRate, &learningRate)
    try read(.warmup, &warmup)
    try read(.decay, &decay)
    try read(.unknownRate, &unknownRate)
    try read(.shards, &shards)
  }

  /// Every fault of the values, worded for the user; empty when there is none.
  public func validate() -> [String] {
    var faults = [("batch", batch), ("steps", steps), ("shards", shards)].belowOne("fitting.")
    if warmup < 0 { faults.append("fitting.warmup: expected at least 0, got \(warmup)") }
    if !(learningRate > 0 && learningRate.isFinite) {
      faults.append("fitting.learning_rate: expected above 0, got \(learningRate)")
    }
    if !(decay >= 0 && decay.isFinite) {
      faults.append("fitting.decay: expected at least 0, got \(decay)")
    }
    if !(0...1).contains(unknownRate) {
      faults.append("fitting.unknown_rate: expected within 0...1, got \(unknownRate)")
    }
    return faults
  }

  package var schedule: LearningRate {
    LearningRate(peak: learningRate, warmup: warmup, floor: 0.05)
  }
}

extension [(String, Int)] {
  /// A fault for each named number that is below 1.
  package func belowOne(_ prefix: String = "") -> [String] {
    filter { $0.1 < 1 }.map {
      "\(prefix)\($0.0): expected a whole number of at least 1, got \($0.1)"
    }
  }
}
