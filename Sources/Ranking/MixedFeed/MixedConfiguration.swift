package import ConfigurationFields
import ListPolicy
package import PointwiseModel
import ScreenModel
package import Sessions

/// Where the values come from that a feed is planned by.
package enum MixedValues: String, ConfigurationChoice {
  /// The network that looks at the items around a place predicts each insert and each organic item there.
  case surroundings
  /// The list evaluators: reward of the organic list with the insert, less that without it.
  case evaluators
}

/// Who judges the best plans once more, each as a whole list.
package enum MixedReferee: String, ConfigurationChoice {
  /// Nobody: the best plan is taken.
  case none
  /// The network that looks at the items around a place, with the items that really stand there.
  case surroundings
  /// The list evaluators.
  case evaluators
}

/// How inserts are put between organic items; the `mixed` section of a configuration file.
package struct MixedConfiguration: Configurable {
  package var channels: [MixedChannel] = []
  package var order: String?
  package var scores: [String] = []
  package var surroundings = true
  package var behaviours = true
  package var values = MixedValues.surroundings
  package var method = MixedMethod.exact
  package var beamWidth = 10
  package var places: [Int] = []
  package var threshold = 0.0
  package var plans = 8
  package var referee = MixedReferee.surroundings
  package var viewDecay = 1.0
  package var attention = 16
  package var cross = 8
  package var experts = 4
  package var expertWidth = 32
  package var tower = 16
  package var fitting = FittingConfiguration()

  package init() {
    fitting.batch = 256
    fitting.steps = 1200
  }

  package static let fields: [ConfigurationField<Self>] = [
    .init(
      "channels", \.channels,
      "Sources of inserts and what a list may hold of each; at least one. A candidate that several flag "
        + "belongs to the first of them."),
    .init(
      "order", \.order,
      "Number of the candidates by which organic items, and the inserts of each channel, are ordered, the "
        + "largest first. By default they keep the order of the request.", .filled),
    .init(
      "scores", \.scores,
      "Numbers of the items that are scores of the models upstream; give each logit: true in the "
        + "schema. The network starts from their order."),
    .init(
      "surroundings", \.surroundings,
      "Whether the network looks at the items above and below a place."),
    .init(
      "behaviours", \.behaviours,
      "Whether it looks at what the user saw and did before, the sequences of schema.history."),
    .init(
      "values", \.values,
      "What plans are made by: surroundings predicts each item at each place, evaluators asks the list "
        + "evaluators what a list gains by an insert."),
    .init(
      "method", \.method,
      "How a list is planned: exact finds the best plan; beam, fixed and threshold are there to compare "
        + "with."),
    .init("beam_width", \.beamWidth, "Partial plans that the beam keeps.", .atLeast(1)),
    .init(
      "places", \.places, "Places, from 1, that the method fixed fills with inserts.",
      .atLeast(1)),
    .init(
      "threshold", \.threshold,
      "What an insert must be worth more than the organic item in its place; for the method threshold."
    ),
    .init(
      "plans", \.plans, "Best plans that the referee looks at, and that list_rules choose from.",
      .within(1...64)),
    .init("referee", \.referee, "Who judges these plans as whole lists; the best is served."),
    .init(
      "view_decay", \.viewDecay,
      "How often a place is seen, relative to the place above it; for shares and prices.",
      .within(0...1)),
    .init("attention", \.attention, "Width of what an item sees of other items.", .atLeast(1)),
    .init(
      "cross", \.cross, "Width of the product of a comparison with the other item.", .atLeast(1)),
    .init("experts", \.experts, "Experts that a gate mixes.", .atLeast(1)),
    .init("expert_width", \.expertWidth, "Width of an expert.", .atLeast(1)),
    .init("tower", \.tower, "Width of the hidden layer of a head.", .atLeast(1)),
    .init("fitting", \.fitting, "How the network is fitted to the log."),
  ]

  package func faultsBetweenKeys() -> [ConfigurationFault] {
    var faults: [ConfigurationFault] = []
    for (number, channel) in channels.enumerated() {
      for (key, path) in [("name", \MixedChannel.name), ("flag", \MixedChannel.flag)]
      where channels[..<number].contains(where: { $0[keyPath: path] == channel[keyPath: path] }) {
        faults.append(
          ConfigurationFault(
            "channels.\(number).\(key)", expected: "a \(key) of its own",
            got: "'\(channel[keyPath: path])'"))
      }
    }
    if method == .fixed, places.isEmpty {
      faults.append(
        ConfigurationFault("places", expected: "a place at least for the method fixed", got: "none")
      )
    }
    return faults
  }

  /// Every fault of the values, worded for the user; empty when there is none.
  package func validate() -> [String] { faults(at: "mixed").map(\.description) }

  /// Sizes of the network, a screen model that also looks down.
  var network: ScreenConfiguration {
    var network = ScreenConfiguration()
    network.scores = scores
    network.watched = behaviours
    network.ranked = surroundings
    network.attention = attention
    network.cross = cross
    network.experts = experts
    network.expertWidth = expertWidth
    network.tower = tower
    return network
  }
}

extension MixedConfiguration: PolicyConfiguration {
  package static let meaning =
    "How inserts of several channels are put between organic items, and the network that values them."

  package var readings: [(key: String, column: CandidateColumn)] {
    channels.enumerated().map { ("mixed.channels.\($0).flag", $1.column) }
      + (order.map { [("mixed.order", CandidateColumn(.number, of: $0))] } ?? [])
  }
}

/// How a list is planned.
package enum MixedMethod: String, ConfigurationChoice {
  /// The best plan.
  case exact
  /// Partial plans from the top down, of which the best are kept.
  case beam
  /// Inserts in fixed places.
  case fixed
  /// From the top down an insert wherever it is worth more than what it displaces.
  case threshold
}
