package import ConfigurationFields

/// Training that goes on from a checkpoint; the `training.warm_start` section.
///
/// Without `from` the run starts anew and the other values have no meaning. With it they take the
/// place of the epochs, steps and rates of a fresh run, and no logged lists are imitated.
package struct WarmStart: Configurable {
  package var from: String?
  package var epochs = 2
  package var evaluatorRate = 1e-3
  package var steps = 200
  package var generatorRate = 1e-3

  package init() {}

  package static let fields: [ConfigurationField<Self>] = [
    .init(
      "from", \.from,
      "Folder of the checkpoint to go on from. By default training starts anew and the other keys of "
        + "this section mean nothing."),
    .init(
      "epochs", \.epochs, "Passes of evaluators and judge over the new sessions, at most.",
      .atLeast(1), unit: "passes"),
    .init(
      "evaluator_rate", \.evaluatorRate, "Highest learning rate of evaluators and judge.", .above(0)
    ),
    .init("steps", \.steps, "Steps of the generator.", .atLeast(1), unit: "steps"),
    .init(
      "generator_rate", \.generatorRate, "Highest learning rate of the generator.", .above(0)),
  ]
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
