package import ConfigurationFields

/// Sizes and fitting of the pointwise ranker.
package struct PointwiseConfiguration: Configurable {
  package var encoder = CandidateEncoderConfiguration()
  package var headHidden = 48
  package var slots = 10
  package var fitting = FittingConfiguration()

  package init() {
    fitting.batch = 256
    fitting.steps = 1200
  }

  package static let fields: [ConfigurationField<Self>] = [
    .init("encoder", \.encoder, "Widths of what turns a candidate and its request into numbers."),
    .init("head_hidden", \.headHidden, "Width of the head's hidden layer.", .atLeast(1)),
    .init(
      "slots", \.slots, "Places that are told apart in training; later ones count as the last.",
      .atLeast(1), unit: "places"),
    .init("fitting", \.fitting, "How it is fitted to the log."),
  ]

  /// Every fault of the values, worded for the user; empty when there is none.
  package func validate() -> [String] { faults(at: "pointwise").map(\.description) }
}
