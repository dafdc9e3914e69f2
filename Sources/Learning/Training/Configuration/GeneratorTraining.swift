import Networks
import Objectives

/// What the reward of a list is compared with.
public enum Baseline: String, Codable, Sendable, CaseIterable {
  /// Mean reward of the request's other lists.
  case leaveOneOut = "leave_one_out"
  /// Reward of the logged list, as in the paper.
  case logged
  /// Reward of the policy's own greedy list.
  case greedy
  case none
}

/// How the generator is trained by REINFORCE; the `training.generator` section.
public struct GeneratorTraining: Codable, Sendable, Equatable {
  /// Requests per step.
  public var batch = 64
  /// K, lists drawn per request.
  public var lists = 8
  public var steps = 600
  public var learningRate = 1e-3
  public var warmup = 20
  /// Steps of imitating logged lists before REINFORCE starts.
  public var imitationSteps = 30
  /// beta, weight of the entropy, in units of the running scale of advantages.
  public var entropy: Float = 0.01
  public var baseline = Baseline.leaveOneOut
  /// A pick is credited with what it can move, not with the whole list; see `Credit`.
  public var rewardToGo = true
  /// Share of predicted feedback that is credited to a pick one position further up, in 0...1; nil
  /// credits every pick with that of the whole list. Only with reward-to-go.
  public var creditDecay: Float?
  public var weights = WeightSampling()
  /// Share of categories that are turned into unknown ones.
  public var unknownRate = 0.01
  /// Steps between checkpoints.
  public var checkpointEvery = 200
  /// Fresh starts with the next seed after a collapse.
  public var restarts = 2
  public var health = HealthConfiguration()

  public init() {}

  private enum CodingKeys: String, CodingKey {
    case batch, lists, steps
    case learningRate = "learning_rate"
    case warmup
    case imitationSteps = "imitation_steps"
    case entropy, baseline
    case rewardToGo = "reward_to_go"
    case creditDecay = "credit_decay"
    case weights
    case unknownRate = "unknown_rate"
    case checkpointEvery = "checkpoint_every"
    case restarts, health
  }

  public init(from decoder: any Decoder) throws {
    let keys = try decoder.container(keyedBy: CodingKeys.self)
    func read<T: Decodable>(_ key: CodingKeys, _ field: inout T) throws {
      field = try keys.decodeIfPresent(T.self, forKey: key) ?? field
    }
    try read(.batch, &batch)
    try read(.lists, &lists)
    try read(.steps, &steps)
    try read(.learningRate, &learningRate)
    try read(.warmup, &warmup)
    try read(.imitationSteps, &imitationSteps)
    try read(.entropy, &entropy)
    try read(.baseline, &baseline)
    try read(.rewardToGo, &rewardToGo)
    creditDecay = try keys.decodeIfPresent(Float.self, forKey: .creditDecay) ?? creditDecay
    try read(.weights, &weights)
    try read(.unknownRate, &unknownRate)
    try read(.checkpointEvery, &checkpointEvery)
    try read(.restarts, &restarts)
    try read(.health, &health)
  }

  var schedule: LearningRate { LearningRate(peak: learningRate, warmup: warmup, floor: 0.1) }

  func validate() -> [String] {
    var faults: [String] = []
    let counts = [
      ("batch", batch, 1), ("lists", lists, 1), ("steps", steps, 1), ("warmup", warmup, 0),
      ("imitation_steps", imitationSteps, 0), ("checkpoint_every", checkpointEvery, 1),
      ("restarts", restarts, 0),
    ]
    for (name, value, least) in counts where value < least {
      faults.append("training.generator.\(name): expected at least \(least), got \(value)")
    }
    if baseline == .leaveOneOut, lists < 2 {
      faults.append(
        "training.generator.lists: expected at least 2 for baseline leave_one_out, got \(lists)")
    }
    if imitationSteps >= steps {
      faults.append(
        "training.generator.imitation_steps: expected fewer than steps (\(steps)), got "
          + "\(imitationSteps)")
    }
    if !(learningRate > 0 && learningRate.isFinite) {
      faults.append("training.generator.learning_rate: expected above 0, got \(learningRate)")
    }
    if !(entropy >= 0 && entropy.isFinite) {
      faults.append("training.generator.entropy: expected at least 0, got \(entropy)")
    }
    if let creditDecay, !(0...1).contains(creditDecay) {
      faults.append(
        "training.generator.credit_decay: expected within 0...1 or null, got \(creditDecay)")
    }
    if !(0...1).contains(unknownRate) {
      faults.append("training.generator.unknown_rate: expected within 0...1, got \(unknownRate)")
    }
    faults += weights.validate().map { "training.generator.weights: \($0)" }
    faults += health.validate().map { "training.generator.health.\($0)" }
    return faults
  }
}
