import EvaluatorModel
import Families
import Features
package import ListPolicy
package import MixedFeed
import PointwiseModel
import RandomStreams
import ScreenModel

extension MixedPolicy: ScreenRankerPolicy {}

/// The network that values inserts is fitted as a screen model is.
extension MixedPolicy: TrainablePolicy {
  package static func schedule(_ configuration: RunConfiguration) -> PolicySchedule {
    PolicySchedule(screen: configuration.mixedFitting)
  }

  package static func trainer(
    _ task: PolicyTask, start: (any ListPolicy)?
  ) throws -> any PolicyTrainer {
    let policy =
      try start as? MixedPolicy
      ?? MixedPolicy(
        task.configuration.policies[MixedPolicy.self], layout: task.layout,
        objectives: task.utilities.objectives, evaluators: task.utilities.evaluators,
        stream: RandomStream(seed: task.seed, "mixed.initial"))
    return ScreenTrainer(task, policy, task.configuration.mixedFitting)
  }
}

extension RunConfiguration {
  fileprivate var mixedFitting: FittingConfiguration {
    warmed(policies[MixedPolicy.self].fitting)
  }
}
