package import ConfigurationFields
package import Networks

/// How a model is fitted to logged feedback: steps of Adam on shuffled batches of logged sessions.
package struct FittingConfiguration: Configurable {
  package var batch = 128
  package var steps = 600
  package var learningRate = 2e-3
  package var warmup = 50
  package var decay: Float = 0.1
  package var unknownRate = 0.01
  package var shards = 8

  package init() {}

  package static let fields: [ConfigurationField<Self>] = [
    .init("batch", \.batch, "Sessions per step.", .atLeast(1)),
    .init("steps", \.steps, "Steps of fitting.", .atLeast(1)),
    .init(
      "learning_rate", \.learningRate,
      "Highest learning rate; a straight rise leads to it, half a cosine down to a twentieth.",
      .above(0)),
    .init(
      "warmup", \.warmup, "Steps in which the learning rate rises to its highest value.",
      .atLeast(0)),
    .init("decay", \.decay, "Weight decay, apart from the gradient as in AdamW.", .atLeast(0)),
    .init(
      "unknown_rate", \.unknownRate,
      "Share of categories that are turned into unknown ones, so that the row for these is trained.",
      .within(0...1)),
    .init(
      "shards", \.shards,
      "Parts of a batch that threads share out; part of the result, unlike the number of threads.",
      .atLeast(1)),
  ]

  /// Every fault of the values, worded for the user; empty when there is none.
  package func validate() -> [String] { faults(at: "fitting").map(\.description) }

  package var schedule: LearningRate {
    LearningRate(peak: learningRate, warmup: warmup, floor: 0.05)
  }
}
