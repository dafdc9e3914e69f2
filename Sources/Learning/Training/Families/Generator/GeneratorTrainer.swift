import Families
import Features
package import GeneratorModel
package import ListPolicy
import Networks
import RandomStreams
import Tensors

/// Trains the generator: imitation of logged lists, then REINFORCE.
struct GeneratorTrainer: PolicyTrainer {
  private(set) var policy: Generator
  var adam: Adam
  private let task: PolicyTask
  /// Running mean of squared advantages; nil before the first step of REINFORCE.
  private var squares: Double?

  init(_ task: PolicyTask, start: Generator?) {
    self.task = task
    policy =
      start
      ?? Generator(
        task.configuration.generator, layout: task.layout, objectives: task.utilities.objectives,
        reference: ReferencePolicy(
          task.utilities.evaluators, objectives: task.utilities.objectives),
        stream: RandomStream(seed: task.seed, "generator.initial"))
    adam = Adam(Adam.Configuration(), parameters: policy.parameters)
  }

  var startsUseful: Bool { policy.reference != nil }

  var parameters: Parameters {
    get { policy.parameters }
    set { policy.parameters = newValue }
  }

  var memory: [String: Double] {
    get { squares.map { ["squares": $0] } ?? [:] }
    set { squares = newValue["squares"] }
  }

  mutating func step(_ sessions: [EncodedSession], number: Int) throws -> StepFigures {
    // A reference is a better start than the logged lists.
    number < settings.imitationSteps && policy.reference == nil
      ? imitate(sessions, number: number) : reinforce(sessions, number: number)
  }

  private mutating func imitate(_ sessions: [EncodedSession], number: Int) -> StepFigures {
    let (gradients, loss) = Imitation(
      generator: policy, settings: settings, seed: task.seed
    ).step(sessions, step: number, shards: shards, workers: task.workers)
    let norm = adam.update(
      &policy.parameters, gradients, rate: rate(number), workers: task.workers)
    return StepFigures(
      values: ["imitation_loss": loss, "gradient_norm": norm],
      shown: [("imitation loss", loss)], sample: nil)
  }

  private mutating func reinforce(_ sessions: [EncodedSession], number: Int) -> StepFigures {
    let scale = squares.map { Float(max($0, 1e-12).squareRoot()) } ?? 1
    let (gradients, sums) = PolicyGradient(
      generator: policy, utilities: task.utilities, settings: settings, seed: task.seed,
      scale: scale
    ).step(sessions, step: number, shards: shards, workers: task.workers)
    let norm = adam.update(
      &policy.parameters, gradients, rate: rate(number), workers: task.workers)
    let own = sums.squares / sums.requests
    squares = squares.map { 0.95 * $0 + 0.05 * own } ?? own
    let reward = sums.reward / sums.requests
    let better = sums.betterThanLogged / sums.requests
    let entropy = sums.entropy / sums.requests
    return StepFigures(
      values: [
        "reward": reward, "better_than_logged": better, "entropy": entropy, "gradient_norm": norm,
        "reward_logged": sums.loggedReward / sums.requests, "advantage_scale": Double(scale),
        "attempt": Double(task.attempt),
      ],
      shown: [("reward", reward), ("better", better), ("entropy", entropy)],
      sample: HealthSample(
        reward: reward, entropy: entropy, gradientNorm: norm, shareBetter: better))
  }

  private var settings: GeneratorTraining { task.configuration.training.generator }
  private var shards: Int { task.configuration.training.shards }

  private func rate(_ number: Int) -> Float {
    settings.schedule.rate(step: number, of: settings.steps)
  }
}

extension Generator: TrainablePolicy {
  package static func schedule(_ configuration: RunConfiguration) -> PolicySchedule {
    let own = configuration.training.generator
    return PolicySchedule(
      batch: own.batch, steps: own.steps, checkpointEvery: own.checkpointEvery,
      restarts: own.restarts, health: own.health)
  }

  package static func trainer(
    _ task: PolicyTask, start: (any ListPolicy)?
  ) throws -> any PolicyTrainer {
    GeneratorTrainer(task, start: start as? Generator)
  }
}

extension RunConfiguration {
  /// The section `generator`.
  package var generator: GeneratorConfiguration {
    get { policies[Generator.self] }
    set { policies[Generator.self] = newValue }
  }
}
