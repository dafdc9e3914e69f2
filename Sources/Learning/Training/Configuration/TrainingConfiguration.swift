package import ConfigurationFields

/// How everything is trained; the `training` section of a configuration file.
package struct TrainingConfiguration: Configurable {
  package var seed: UInt64 = 1
  package var shards = 4
  package var evaluator = EvaluatorTraining()
  package var judge = JudgeTraining()
  package var generator = GeneratorTraining()
  package var warmStart: WarmStart?

  package init() {}

  package static let fields: [ConfigurationField<Self>] = [
    .init("seed", \.seed, "Seed of everything random in the run: the same seed, the same result."),
    .init(
      "shards", \.shards,
      "Parts of a batch that are computed one beside the other. They are part of the result; the "
        + "number of threads that share them out is not.", .atLeast(1)),
    .init("evaluator", \.evaluator, "How the evaluators are fitted to the logged feedback."),
    .init("judge", \.judge, "How the judge is fitted and asked."),
    .init("generator", \.generator, "How the generator is trained against the evaluators."),
    .init(
      "warm_start", \.warmStart,
      "How training goes on from a checkpoint instead of from nothing: with epochs, steps and rates "
        + "of its own."),
  ]
}
