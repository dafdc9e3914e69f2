import Families
import Features
package import ListPolicy
import PointwiseModel
import Tensors

/// A family that can be trained: how long it takes, and who takes the steps.
///
/// Conformances stand in the family's folder beside this file; the run finds them through the rows of
/// `Families`.
package protocol TrainablePolicy: ListPolicy {
  /// The schedule that a configuration gives to this family.
  static func schedule(_ configuration: RunConfiguration) -> PolicySchedule

  /// A trainer before its first step.
  ///
  /// - Parameter start: the policy to go on from, of this family; nil for a new one.
  static func trainer(
    _ task: PolicyTask, start: (any ListPolicy)?
  ) throws -> any PolicyTrainer
}

/// How long a policy is trained, and how it is watched.
package struct PolicySchedule: Sendable {
  /// Requests per step.
  var batch: Int
  var steps: Int
  /// Steps between checkpoints.
  var checkpointEvery: Int
  /// Fresh starts with the next seed after a collapse.
  var restarts: Int
  /// What counts as a collapse, of steps that have a `HealthSample`.
  var health: HealthConfiguration
  /// Whether the judge is asked about the last policy only: one that is made ready for use at its last step.
  var isHeardAtEnd = false
}

/// What a trainer gets to work with: everything that is fixed before a policy is trained.
package struct PolicyTask: Sendable {
  let configuration: RunConfiguration
  let layout: FeatureLayout
  /// What a list is worth: the frozen evaluators' word and the rules'.
  let utilities: UtilityModel
  /// Some held-out sessions; none where nobody looks at them.
  let held: [EncodedSession]
  /// Seed of this attempt.
  let seed: UInt64
  /// Fresh starts before this one.
  let attempt: Int
  let workers: Workers
}

extension RunConfiguration {
  /// The family that the configuration names, as training knows it.
  ///
  /// - Throws: `UnknownFamilyError`, `RunConfigurationError` for one that cannot be trained.
  func trainableFamily() throws -> any TrainablePolicy.Type {
    guard let trainable = try Families.named(family) as? any TrainablePolicy.Type else {
      throw RunConfigurationError(messages: [
        "family: expected one that can be trained, got \(family)"
      ])
    }
    return trainable
  }

  /// A family's own settings, of a warm start those of `training.warm_start`.
  func warmed(_ fitting: FittingConfiguration) -> FittingConfiguration {
    var fitting = fitting
    if let warmStart = training.warmStart, warmStart.from != nil {
      fitting.steps = warmStart.steps
      fitting.learningRate = warmStart.generatorRate
    }
    return fitting
  }
}
