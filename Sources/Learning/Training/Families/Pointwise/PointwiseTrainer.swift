import EvaluatorModel
import Families
import Features
package import ListPolicy
import Networks
package import PointwiseModel
import RandomStreams
import Tensors

/// Fits the pointwise ranker to the feedback of logged sessions; the evaluators have no say in it.
struct PointwiseTrainer: PolicyTrainer {
  private(set) var policy: PointwisePolicy
  var adam: Adam
  private let fitting: FittingStep

  init(_ task: PolicyTask, start: PointwisePolicy?) {
    policy =
      start
      ?? PointwisePolicy(
        task.configuration.policies[PointwisePolicy.self], layout: task.layout,
        objectives: task.utilities.objectives, heads: task.utilities.evaluators.heads,
        stream: RandomStream(seed: task.seed, "pointwise.initial"))
    fitting = FittingStep(
      configuration: task.configuration.pointwiseFitting, seed: task.seed, workers: task.workers)
    adam = fitting.optimiser(policy.parameters)
  }

  var parameters: Parameters {
    get { policy.parameters }
    set { policy.parameters = newValue }
  }

  mutating func step(_ sessions: [EncodedSession], number: Int) throws -> StepFigures {
    let (loss, norm) = try fitting.take(number, sessions, &policy.ranker, &adam)
    return StepFigures(
      values: ["loss": loss, "gradient_norm": norm], shown: [("loss", loss)], sample: nil)
  }
}

extension PointwisePolicy: TrainablePolicy {
  /// Steps between checkpoints.
  private static let checkpointEvery = 200

  /// A fit that diverges ends with an error of its own, so nothing is tried again.
  package static func schedule(_ configuration: RunConfiguration) -> PolicySchedule {
    let fitting = configuration.pointwiseFitting
    return PolicySchedule(
      batch: fitting.batch, steps: fitting.steps, checkpointEvery: checkpointEvery, restarts: 0,
      health: HealthConfiguration())
  }

  package static func trainer(
    _ task: PolicyTask, start: (any ListPolicy)?
  ) throws -> any PolicyTrainer {
    PointwiseTrainer(task, start: start as? PointwisePolicy)
  }
}

extension RunConfiguration {
  fileprivate var pointwiseFitting: FittingConfiguration {
    warmed(policies[PointwisePolicy.self].fitting)
  }
}
