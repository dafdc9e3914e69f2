package import ConfigurationFields
import ListPolicy
package import PointwiseModel

/// How the heads of the screen model share what they learn.
package enum Mixture: String, ConfigurationChoice {
  /// Experts that all heads share, and a gate per head that mixes them (MMoE, Ma et al. 2018).
  case mmoe
  /// Shared experts and experts of the head's own behind one gate (PLE in one layer, Tang et al. 2020).
  case ple
  /// One network for all heads.
  case shared
  /// A network for each head.
  case single

  /// How many of the configured number of experts all heads share, and how many each has of its own.
  package func experts(_ count: Int) -> (shared: Int, own: Int) {
    switch self {
    case .mmoe: (count, 0)
    case .ple: ((count + 1) / 2, max(1, count / 2))
    case .shared: (1, 0)
    case .single: (0, 1)
    }
  }
}

/// Sizes and fitting of the screen model; the `screen` section of a configuration file.
package struct ScreenConfiguration: Configurable {
  package var scores: [String] = []
  package var offsets = true
  package var watched = true
  package var ranked = true
  package var differences = true
  package var attention = 16
  package var cross = 8
  package var mixture = Mixture.mmoe
  package var experts = 4
  package var expertWidth = 32
  package var tower = 16
  package var beam = BeamConfiguration()
  package var fitting = FittingConfiguration()

  package init() {
    fitting.batch = 256
    fitting.steps = 1200
  }

  package static let fields: [ConfigurationField<Self>] = [
    .init(
      "scores", \.scores,
      "Numbers of the items that are scores of the models upstream; give each logit: true in the "
        + "schema. The model starts from their order and is compared with it."),
    .init(
      "offsets", \.offsets,
      "Whether each head is what the scores say plus a correction that starts at 0. Without it the scores "
        + "are inputs like all others."),
    .init(
      "watched", \.watched,
      "Whether candidates look at what the user was shown before, the sequences of schema.history."),
    .init("ranked", \.ranked, "Whether candidates look at the items that are placed above them."),
    .init(
      "differences", \.differences,
      "Whether a candidate and another item are compared: differences of their scores, time and places "
        + "between them, equal categories, each with what the user did to the other item."),
    .init("attention", \.attention, "Width of what a candidate sees of other items.", .atLeast(1)),
    .init(
      "cross", \.cross, "Width of the product of a comparison with the other item.", .atLeast(1)),
    .init(
      "mixture", \.mixture,
      "How heads share what is learned: mmoe mixes shared experts by a gate per head, ple adds experts of "
        + "the head's own, shared is one network for all heads, single one for each."),
    .init("experts", \.experts, "Experts that a gate mixes.", .atLeast(1)),
    .init("expert_width", \.expertWidth, "Width of an expert.", .atLeast(1)),
    .init("tower", \.tower, "Width of the hidden layer of a head.", .atLeast(1)),
    .init("beam", \.beam, "How lists are searched for."),
    .init("fitting", \.fitting, "How it is fitted to the log."),
  ]

  /// Every fault of the values, worded for the user; empty when there is none.
  package func validate() -> [String] { faults(at: "screen").map(\.description) }
}

extension ScreenConfiguration: PolicyConfiguration {
  package static let meaning = "Sizes of the model for the device, and how it is fitted."
}

/// How the screen model searches for lists.
package struct BeamConfiguration: Configurable {
  package var width = 4
  package var decided = 0
  package var stability = 1.0
  package var steps = 0

  package init() {}

  package static let fields: [ConfigurationField<Self>] = [
    .init(
      "width", \.width, "Partial lists that are kept in each step; 1 writes greedily.", .atLeast(1)),
    .init(
      "decided", \.decided,
      "Places, from the top, whose items have to be right: 1 where the device decides again after every "
        + "item. The rest is filled by what was found last. 0 for all.", .atLeast(0), unit: "places"
    ),
    .init(
      "stability", \.stability,
      "The search ends when the least reward in the beam is at least this share of the largest. 1 for a "
        + "search that does not end for that.", .within(0...1)),
    .init(
      "steps", \.steps,
      "Most steps of the search, but as many as decided asks for; 0 for as many as the list has places.",
      .atLeast(0)),
  ]
}
