package import ConfigurationFields
import Networks

/// How evaluators are fitted; the `training.evaluator` section.
package struct EvaluatorTraining: Configurable {
  package var batch = 128
  package var epochs = 6
  package var patience = 3
  package var learningRate = 5e-3
  package var warmup = 50
  package var decay: Float = 0.5
  package var unknownRate = 0.01
  package var requiredMargin = 2.0
  package var maximumCalibrationError = 0.05

  package init() {}

  package static let fields: [ConfigurationField<Self>] = [
    .init("batch", \.batch, "Sessions per step.", .atLeast(1), unit: "sessions"),
    .init(
      "epochs", \.epochs, "Passes over the training sessions, at most.", .atLeast(1),
      unit: "passes"),
    .init(
      "patience", \.patience,
      "Passes without a better loss on held-out sessions after which an evaluator stops.",
      .atLeast(1), unit: "passes"),
    .init(
      "learning_rate", \.learningRate,
      "Highest learning rate; a straight rise leads to it, half a cosine down to a twentieth.",
      .above(0)),
    .init(
      "warmup", \.warmup, "Steps in which the learning rate rises to its highest value.",
      .atLeast(0), unit: "steps"),
    .init(
      "decay", \.decay, "Weight decay, apart from the gradient as in AdamW.", .atLeast(0)),
    .init(
      "unknown_rate", \.unknownRate,
      "Share of categories that are turned into unknown ones, so that the row for these is trained.",
      .within(0...1)),
    .init(
      "required_margin", \.requiredMargin,
      "Standard errors by which the loss on held-out sessions must be below that of each trivial "
        + "predictor before the generator is trained.", .atLeast(0)),
    .init(
      "maximum_calibration_error", \.maximumCalibrationError,
      "Highest expected calibration error, beyond what chance explains, with which the generator is "
        + "trained.", .above(0)),
  ]

  var schedule: LearningRate { LearningRate(peak: learningRate, warmup: warmup, floor: 0.05) }
}
