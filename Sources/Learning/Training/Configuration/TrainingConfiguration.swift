/// How everything is trained; the `training` section of a configuration file.
public struct TrainingConfiguration: Codable, Sendable, Equatable {
  /// Seed of every random stream of the run.
  public var seed: UInt64 = 1
  /// Parts of a batch, each a unit of work; part of the result, unlike the number of workers.
  public var shards = 4
  public var evaluator = EvaluatorTraining()
  public var judge = JudgeTraining()
  public var generator = GeneratorTraining()
  /// How training goes on from a checkpoint; absent in a file that only trains anew.
  public var warmStart: WarmStart?

  public init() {}

  private enum CodingKeys: String, CodingKey {
    case seed, shards, evaluator, judge, generator
    case warmStart = "warm_start"
  }

  public init(from decoder: any Decoder) throws {
    let keys = try decoder.container(keyedBy: CodingKeys.self)
    seed = try keys.decodeIfPresent(UInt64.self, forKey: .seed) ?? seed
    shards = try keys.decodeIfPresent(Int.self, forKey: .shards) ?? shards
    evaluator = try keys.decodeIfPresent(EvaluatorTraining.self, forKey: .evaluator) ?? evaluator
    judge = try keys.decodeIfPresent(JudgeTraining.self, forKey: .judge) ?? judge
    generator = try keys.decodeIfPresent(GeneratorTraining.self, forKey: .generator) ?? generator
    warmStart = try keys.decodeIfPresent(WarmStart.self, forKey: .warmStart)
  }

  func validate() -> [String] {
    (shards < 1 ? ["training.shards: expected at least 1, got \(shards)"] : [])
      + evaluator.validate() + judge.validate() + generator.validate()
      + (warmStart?.validate() ?? [])
  }
}
