package import ConfigurationFields

/// Widths of what turns a candidate and its request into numbers.
package struct CandidateEncoderConfiguration: Configurable {
  package var hidden = 96
  package var width = 48
  package var fit = 16

  package init() {}

  package static let fields: [ConfigurationField<Self>] = [
    .init("hidden", \.hidden, "Width of the hidden layer.", .atLeast(1)),
    .init("width", \.width, "Width of an encoded item.", .atLeast(1)),
    .init(
      "fit", \.fit, "Width of the product of the item's and the request's projections.", .atLeast(1)
    ),
  ]

  /// Every fault of the values, worded for the user; empty when there is none.
  package func validate() -> [String] { faults(at: "encoder").map(\.description) }
}
