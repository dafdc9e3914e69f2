package import ConfigurationFields
import Networks
package import Objectives

/// What the reward of a list is compared with.
package enum Baseline: String, ConfigurationChoice {
  /// Mean reward of the request's other lists.
  case leaveOneOut = "leave_one_out"
  /// Reward of the logged list, as in the paper.
  case logged
  /// Reward of the policy's own greedy list.
  case greedy
  case none
}

/// How the generator is trained by REINFORCE; the `training.generator` section.
package struct GeneratorTraining: Configurable {
  package var batch = 64
  /// K
  package var lists = 8
  package var steps = 600
  package var learningRate = 1e-3
  package var warmup = 20
  package var imitationSteps = 30
  /// beta, in units of the running scale of advantages.
  package var entropy: Float = 0.01
  package var kl: Float = 0.02
  package var baseline = Baseline.leaveOneOut
  /// See `Credit`.
  package var rewardToGo = true
  package var creditDecay: Float?
  package var searchedLists = 0
  package var searchWeight: Float = 0.5
  package var weights = WeightSampling()
  package var unknownRate = 0.01
  package var checkpointEvery = 200
  package var restarts = 2
  package var health = HealthConfiguration()

  package init() {}

  package static let fields: [ConfigurationField<Self>] = [
    .init("batch", \.batch, "Requests per step.", .atLeast(1), unit: "requests"),
    .init(
      "lists", \.lists,
      "Lists that are drawn for each request of a step; at least 2 for the baseline leave_one_out.",
      .atLeast(1), unit: "lists"),
    .init("steps", \.steps, "Steps of training.", .atLeast(1), unit: "steps"),
    .init(
      "learning_rate", \.learningRate,
      "Highest learning rate; a straight rise leads to it, half a cosine down to a tenth.",
      .above(0)),
    .init(
      "warmup", \.warmup, "Steps in which the learning rate rises to its highest value.",
      .atLeast(0), unit: "steps"),
    .init(
      "imitation_steps", \.imitationSteps,
      "Steps of imitating logged lists before training by reward starts; fewer than steps. A "
        + "generator with a reference (generator.reference) skips them: its first lists are better "
        + "than the logged ones.", .atLeast(0), unit: "steps"),
    .init(
      "entropy", \.entropy,
      "Weight of the entropy in the loss, in units of the running scale of advantages; a larger one "
        + "keeps lists more varied.", .atLeast(0)),
    .init(
      "kl", \.kl,
      "Weight of the divergence from the reference (generator.reference) in the loss, in units of the "
        + "running scale of advantages: among lists that evaluators cannot tell apart the "
        + "reference's order stays.", .atLeast(0)),
    .init(
      "baseline", \.baseline,
      "What the reward of a list is compared with: leave_one_out is the mean reward of the request's "
        + "other lists, logged that of the logged list as in the paper, greedy that of the most "
        + "likely list, none is 0."),
    .init(
      "reward_to_go", \.rewardToGo,
      "Whether a pick is credited with what it can still move instead of with the whole list."),
    .init(
      "credit_decay", \.creditDecay,
      "Share of predicted feedback that is credited to a pick one place further up; only with "
        + "reward_to_go. By default every pick gets that of the whole list.", .within(0...1)),
    .init(
      "searched_lists", \.searchedLists,
      "Lists that a local search on the evaluators may score for each request of a step, from the best "
        + "drawn list on; a better one that it finds is imitated. 0 searches nothing.", .atLeast(0),
      unit: "lists", writing: .ifChanged),
    .init(
      "search_weight", \.searchWeight,
      "Weight of that imitation in the loss. Only with searched_lists.", .atLeast(0),
      writing: .ifChanged),
    .init(
      "weights", \.weights,
      "The law from which a w, the weights of the objectives, is drawn for each request of a step: a "
        + "mixture of four."),
    .init(
      "unknown_rate", \.unknownRate,
      "Share of categories that are turned into unknown ones, so that the row for these is trained.",
      .within(0...1)),
    .init(
      "checkpoint_every", \.checkpointEvery, "Steps between two checkpoints.", .atLeast(1),
      unit: "steps"),
    .init(
      "restarts", \.restarts, "Fresh starts with the next seed after a collapse, at most.",
      .atLeast(0)),
    .init("health", \.health, "When training counts as collapsed."),
  ]

  var schedule: LearningRate { LearningRate(peak: learningRate, warmup: warmup, floor: 0.1) }

  package func faultsBetweenKeys() -> [ConfigurationFault] {
    var faults: [ConfigurationFault] = []
    if baseline == .leaveOneOut, lists == 1 {
      faults.append(
        ConfigurationFault(
          "lists", expected: "at least 2 for baseline leave_one_out", got: "\(lists)"))
    }
    if imitationSteps >= steps {
      faults.append(
        ConfigurationFault(
          "imitation_steps", expected: "fewer than steps (\(steps))", got: "\(imitationSteps)"))
    }
    return faults
  }
}
