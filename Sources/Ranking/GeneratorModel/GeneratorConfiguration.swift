package import BehaviourModel
package import ConfigurationFields

/// Sizes of the generator; the `generator` section of a configuration file.
package struct GeneratorConfiguration: Configurable {
  package var itemHidden = 128
  /// H
  package var itemWidth = 64
  package var fitWidth = 16
  package var behaviours = BehaviourConfiguration()
  /// G
  package var state = 48
  /// A
  package var attention = 64
  package var relations = true
  package var placedAttention = 0
  package var reference = true
  package var sharpness: Float = 10
  package var referenceValues = true
  package var conditioning = Conditioning.hypernetwork
  package var hyperHidden = 64
  package var generated = FinalLayer.allCases

  package init() {}

  package static let fields: [ConfigurationField<Self>] = [
    .init(
      "item_hidden", \.itemHidden, "Width of the hidden layer of the network that encodes an item.",
      .atLeast(1)),
    .init("item_width", \.itemWidth, "Width of an encoded item.", .atLeast(1)),
    .init(
      "fit_width", \.fitWidth,
      "Width of the product of the item's and the request's projections, which tells the generator "
        + "how well they fit together. 0 leaves the product out.", .atLeast(0)),
    .init(
      "behaviours", \.behaviours,
      "How the user's history is encoded and looked at; only where the schema has one.",
      writing: .ifChanged),
    .init(
      "state", \.state,
      "Width of the recurrent state, which remembers what was placed so far.", .atLeast(1)),
    .init(
      "attention", \.attention,
      "Hidden width of the attention that points at the next item; the kernels work in steps of 16.",
      .multiple(of: 16)),
    .init(
      "relations", \.relations,
      "Whether the attention sees how a candidate repeats what is already placed."),
    .init(
      "placed_attention", \.placedAttention,
      "Width of the attention of candidates over the items that are already placed, which adds to their "
        + "scores. 0 leaves it out.", .atLeast(0), writing: .ifChanged),
    .init(
      "reference", \.reference,
      "Start from lists sorted by the evaluators' pointwise terms, and learn what to change in them. "
        + "Without effect where evaluators have none.", writing: .ifChanged),
    .init(
      "sharpness", \.sharpness,
      "Logits that one standard deviation between a request's candidates is worth in the reference; "
        + "the larger, the nearer are the lists that training draws to the reference's best.",
      .above(0), writing: .ifChanged),
    .init(
      "reference_values", \.referenceValues,
      "Whether the attention sees what the reference expects of each candidate, beside the candidate "
        + "itself.", writing: .ifChanged),
    .init(
      "conditioning", \.conditioning,
      "How the weights of a request reach the generator: hypernetwork makes its final layers from "
        + "them, input gives them to the encoder of items beside the features."),
    .init(
      "hyper_hidden", \.hyperHidden, "Width of the hypernetwork's hidden layer.", .atLeast(1)),
    .init(
      "generated", \.generated,
      "Final layers that the hypernetwork makes; the others are the same for all weights. score is "
        + "the last step of the attention, local its view of the places before, query its view of "
        + "the state, start the layer that makes the first state."),
  ]

  package func faultsBetweenKeys() -> [ConfigurationFault] {
    guard conditioning == .hypernetwork, generated.isEmpty else { return [] }
    let layers = FinalLayer.allCases.map(\.rawValue).joined(separator: ", ")
    return [ConfigurationFault("generated", expected: "at least one of \(layers)", got: "none")]
  }

  /// Every fault of the values, worded for the user; empty when there is none.
  package func validate() -> [String] { faults(at: "generator").map(\.description) }
}
