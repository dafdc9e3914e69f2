package import BehaviourModel
package import ConfigurationFields

/// Sizes of the evaluator; the `evaluator` section of a configuration file.
package struct EvaluatorConfiguration: Configurable {
  package var slots: Int?
  package var pointwise = true
  package var slotLaw: SlotLaw?
  package var likenessSpaces = 4
  package var likenessWidth = 8
  package var contrastWidth = 8
  package var itemHidden = 96
  package var itemWidth = 48
  package var fitWidth = 32
  package var behaviours = BehaviourConfiguration()
  package var behaviourHidden = 48
  package var channels: [String]?
  package var slotWidth = 8
  package var attentionWidth = 48
  package var attentionOutputs: Int?
  package var heads = 4
  package var recurrentWidth = 32
  package var pairwiseWidth = 16
  package var trunk = [128, 64]
  package var headHidden = 96
  package var ensemble = 3
  package var pessimism: Float = 0.5

  package init() {}

  package static let fields: [ConfigurationField<Self>] = [
    .init(
      "slots", \.slots,
      "Longest list that an evaluator looks at; it predicts 0 for places beyond. By default as long "
        + "as the longest logged list.", .atLeast(1), unit: "places"),
    .init(
      "pointwise", \.pointwise,
      "Start from a linear model of single items with an effect of each place. What a network sees "
        + "in an item, what stands above it and the channels are corrections from zero, which stay "
        + "only as far as they lower the loss on held-out sessions.",
      writing: .ifChanged),
    .init(
      "slot_law", \.slotLaw,
      "How a place counts for feedback of yes or no: with additive its effect is added to what speaks "
        + "for the item; with examination its effect is the chance that the user looks there at all, and "
        + "what is earned is that chance times the item's own. By default whichever predicts "
        + "held-out sessions better, for each kind of feedback. Only with pointwise.",
      writing: .ifChanged),
    .init(
      "likeness_spaces", \.likenessSpaces,
      "Learned spaces in which an item is compared with those above it. Only with pointwise.",
      .atLeast(1), writing: .ifChanged),
    .init(
      "likeness_width", \.likenessWidth, "Width of such a space.", .atLeast(1),
      writing: .ifChanged),
    .init(
      "contrast_width", \.contrastWidth,
      "Learned numbers of which an item's difference to the item right above counts. Only with "
        + "pointwise.", .atLeast(1), writing: .ifChanged),
    .init(
      "item_hidden", \.itemHidden,
      "Width of the hidden layer of the network that encodes an item. 0 for no such network: the "
        + "channels see the features themselves then.", .atLeast(0)),
    .init("item_width", \.itemWidth, "Width of an encoded item.", .atLeast(1)),
    .init(
      "fit_width", \.fitWidth,
      "Width of the product of the item's and the request's projections, which tells how well they "
        + "fit together, in the item encoder and, with pointwise, in a bilinear form. 0 leaves both out.",
      .atLeast(0)),
    .init(
      "behaviours", \.behaviours,
      "How the user's history is encoded and looked at; only where the schema has one.",
      writing: .ifChanged),
    .init(
      "behaviour_hidden", \.behaviourHidden,
      "Width of the hidden layer that joins what the history says of an item with the item. Only with "
        + "pointwise.", .atLeast(1), writing: .ifChanged),
    .init(
      "channels", \.channels,
      "Channels that look at the list, each once, in any order: "
        + EvaluatorChannels.all.map { $0.name }.joined(separator: ", ")
        + ". By default all but those that have to be asked for: "
        + EvaluatorChannels.all.filter { !$0.isUsual }.map { $0.name }.joined(separator: ", ")
        + ".",
      writing: .ifChanged),
    .init(
      "slot_width", \.slotWidth,
      "Width of the per-item channel, whose outputs stand side by side along the list.",
      .atLeast(1)),
    .init(
      "attention_width", \.attentionWidth,
      "Width of the channel that compares items by self-attention, a multiple of heads.",
      .atLeast(1)),
    .init(
      "attention_outputs", \.attentionOutputs,
      "Width of what that channel gives on. By default as wide as attention_width.", .atLeast(1)),
    .init("heads", \.heads, "Heads of the self-attention.", .atLeast(1)),
    .init(
      "recurrent_width", \.recurrentWidth,
      "Width of the channel that reads the list from top to bottom.", .atLeast(1)),
    .init(
      "pairwise_width", \.pairwiseWidth,
      "Width of the rows whose inner products compare each pair of places.", .atLeast(1)),
    .init(
      "trunk", \.trunk, "Widths of the layers over all channels, first to last.",
      .atLeast(1).filled),
    .init(
      "head_hidden", \.headHidden,
      "Width of the hidden layer that every place passes through before its predictions. 0 leaves "
        + "the layer out.", .atLeast(0)),
    .init(
      "ensemble", \.ensemble,
      "Evaluators that are trained, each with a seed of its own and without another part of the "
        + "sessions.", .atLeast(1)),
    .init(
      "pessimism", \.pessimism,
      "Standard deviations between the evaluators, in what they expect of a whole list, that are "
        + "subtracted from their mean, so that the generator gains nothing from lists on which they "
        + "disagree.", .atLeast(0)),
  ]

  package func faultsBetweenKeys() -> [ConfigurationFault] {
    var faults = channels.map(EvaluatorChannels.faults) ?? []
    if heads > 0, attentionWidth % heads != 0 {
      faults.append(
        ConfigurationFault(
          "attention_width", expected: "a multiple of heads (\(heads))", got: "\(attentionWidth)"))
    }
    return faults
  }

  /// Every fault of the values, worded for the user; empty when there is none.
  package func validate() -> [String] { faults(at: "evaluator").map(\.description) }
}
