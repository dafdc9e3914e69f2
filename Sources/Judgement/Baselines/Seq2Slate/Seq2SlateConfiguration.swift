package import ConfigurationFields
package import PointwiseModel

/// Sizes and fitting of Seq2Slate.
package struct Seq2SlateConfiguration: Configurable {
  package var encoder = CandidateEncoderConfiguration()
  package var state = 48
  package var attention = 48
  /// Nil writes what the model alone finds best, whatever w is.
  package var ruleWeight: Float?
  package var fitting = FittingConfiguration()

  package init() {
    fitting.steps = 500
    fitting.learningRate = 2e-3
  }

  package static let fields: [ConfigurationField<Self>] = [
    .init("encoder", \.encoder, "Widths of what turns a candidate and its request into numbers."),
    .init("state", \.state, "Width of the states of both recurrent networks.", .atLeast(1)),
    .init("attention", \.attention, "Hidden width of the pointer.", .multiple(of: 16)),
    .init(
      "rule_weight", \.ruleWeight,
      "Weight of the rules' reward beside the log-probabilities when lists are written. By default "
        + "the model alone decides, whatever the weights of the objectives are.", .atLeast(0)),
    .init("fitting", \.fitting, "How the baseline is fitted."),
  ]

  /// Every fault of the values, worded for the user; empty when there is none.
  package func validate() -> [String] { faults().map(\.description) }
}
