/// Training that goes on from a checkpoint; the `training.warm_start` section.
///
/// Without `from` the run starts anew and the other values have no meaning. With it they take the
/// place of the epochs, steps and rates of a fresh run, and no logged lists are imitated.
public struct WarmStart: Codable, Sendable, Equatable {
  /// Folder of the checkpoint to go on from; nil to train anew.
  public var from: String?
  /// Passes of evaluators and judge over the new sessions, at most.
  public var epochs = 2
  /// Peak learning rate of evaluators and judge.
  public var evaluatorRate = 1e-3
  /// Steps of the generator.
  public var steps = 200
  /// Peak learning rate of the generator.
  public var generatorRate = 1e-3

  public init() {}

  private enum CodingKeys: String, CodingKey {
    case from, epochs, steps
    case evaluatorRate = "evaluator_rate"
    case generatorRate = "generator_rate"
  }

  public init(from decoder: any Decoder) throws {
    let keys = try decoder.container(keyedBy: CodingKeys.self)
    from = try keys.decodeIfPresent(String.self, forKey: .from)
    epochs = try keys.decodeIfPresent(Int.self, forKey: .epochs) ?? epochs
    evaluatorRate = try keys.decodeIfPresent(Double.self, forKey: .evaluatorRate) ?? evaluatorRate
    steps = try keys.decodeIfPresent(Int.self, forKey: .steps) ?? steps
    generatorRate = try keys.decodeIfPresent(Double.self, forKey: .generatorRate) ?? generatorRate
  }

  func validate() -> [String] {
    var faults: [String] = []
    for (name, value) in [("epochs", epochs), ("steps", steps)] where value < 1 {
      faults.append("training.warm_start.\(name): expected at least 1, got \(value)")
    }
    for (name, value) in [("evaluator_rate", evaluatorRate), ("generator_rate", generatorRate)]
    where !(value > 0 && value.isFinite) {
      faults.append("training.warm_start.\(name): expected above 0, got \(value)")
    }
    return faults
  }
}

extension TrainingConfiguration {
  /// The settings that a run really uses: of a warm start its own epochs, steps and rates, and no
  /// imitation. Applying it twice changes nothing more.
  var effective: TrainingConfiguration {
    guard let warmStart, warmStart.from != nil else { return self }
    var own = self
    own.evaluator.epochs = warmStart.epochs
    own.evaluator.learningRate = warmStart.evaluatorRate
    own.generator.steps = warmStart.steps
    own.generator.learningRate = warmStart.generatorRate
    own.generator.imitationSteps = 0
    return own
  }
}
