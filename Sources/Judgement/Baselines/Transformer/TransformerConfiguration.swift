package import ConfigurationFields
package import PointwiseModel

/// Sizes and fitting of the transformer ranker.
package struct TransformerConfiguration: Configurable {
  package var encoder = CandidateEncoderConfiguration()
  package var blocks = 1
  package var heads = 4
  package var feedForward = 96
  package var positions = 50
  package var headHidden = 48
  package var slots = 10
  package var fitting = FittingConfiguration()

  package init() {
    fitting.steps = 600
    fitting.learningRate = 3e-3
  }

  package static let fields: [ConfigurationField<Self>] = [
    .init("encoder", \.encoder, "Widths of what turns a candidate and its request into numbers."),
    .init("blocks", \.blocks, "Blocks of self-attention and feed-forward.", .atLeast(1)),
    .init(
      "heads", \.heads, "Attention heads; they divide the width of an encoded item.", .atLeast(1)),
    .init(
      "feed_forward", \.feedForward,
      "Width of the hidden layer of each block's feed-forward part.", .atLeast(1)),
    .init(
      "positions", \.positions,
      "Upstream ranks with an embedding of their own; later ones share the last.", .atLeast(1)),
    .init("head_hidden", \.headHidden, "Width of the head's hidden layer.", .atLeast(1)),
    .init(
      "slots", \.slots, "Places that are told apart in training; later ones count as the last.",
      .atLeast(1), unit: "places"),
    .init("fitting", \.fitting, "How the baseline is fitted."),
  ]

  package func faultsBetweenKeys() -> [ConfigurationFault] {
    guard heads > 0, encoder.width % heads != 0 else { return [] }
    return [
      ConfigurationFault(
        "encoder.width", expected: "a multiple of heads (\(heads))", got: "\(encoder.width)")
    ]
  }

  /// Every fault of the values, worded for the user; empty when there is none.
  package func validate() -> [String] { faults().map(\.description) }
}
