package import ConfigurationFields

/// A closed loop: moves the weight of one objective, or the price of one channel of a mixed feed, to hold a
/// share of what is shown.
package struct ShareControllerConfiguration: Configurable, Hashable {
  package var objective: String?
  package var channel: String?
  package var flag: String?
  package var target = 0.0
  package var minimum = 0.0
  package var maximum = 1.0
  package var proportional = 0.5
  package var integral = 0.5
  package var derivative = 0.0
  package var every = 200

  package init() {}

  /// What it moves, as logs and metrics call it.
  package var subject: String { objective ?? channel.map { "channel \($0)" } ?? "" }

  package init(channel: String, target: Double) {
    self.channel = channel
    self.target = target
  }

  package init(objective: String, flag: String, target: Double) {
    self.objective = objective
    self.flag = flag
    self.target = target
  }

  package static let fields: [ConfigurationField<Self>] = [
    .init(
      "objective", \.objective, "Objective whose weight is moved. Give either it or channel.",
      .filled),
    .init(
      "channel", \.channel,
      "Channel of a mixed feed whose price is moved: it rises while the channel has more than its share. "
        + "The share is that of the views, where lower places count as the model says.", .filled),
    .init(
      "flag", \.flag,
      "Flag of the candidates whose share of the shown places is measured; only with objective.",
      .filled),
    .init("target", \.target, "Share to hold.", .within(0...1), isRequired: true),
    .init(
      "minimum", \.minimum,
      "Lowest weight of the objective, where all weights sum to 1, or lowest price of the channel, which "
        + "may be below 0 and then favours it."),
    .init(
      "maximum", \.maximum,
      "Highest weight of the objective, at most 1, or highest price of the channel; above minimum."),
    .init(
      "proportional", \.proportional,
      "Weight per unit of error, which is target minus share; of a price the other way round.",
      .atLeast(0)),
    .init(
      "integral", \.integral,
      "Weight per unit of error and update, summed over updates; it or proportional is above 0.",
      .atLeast(0)),
    .init(
      "derivative", \.derivative,
      "Weight per change of the measured share from one update to the next.", .atLeast(0)),
    .init("every", \.every, "Lists served between two updates.", .atLeast(1), unit: "lists"),
  ]

  package func faultsBetweenKeys() -> [ConfigurationFault] {
    var faults: [ConfigurationFault] = []
    if (objective == nil) == (channel == nil) {
      faults.append(
        ConfigurationFault(
          "", expected: "either objective or channel", got: objective == nil ? "none" : "both"))
    }
    if objective != nil, flag == nil {
      faults.append(
        ConfigurationFault("flag", expected: "the flag whose share is held", got: "none"))
    }
    if channel != nil, let flag {
      faults.append(
        ConfigurationFault(
          "flag", expected: "none, since the channel has one", got: "'\(flag)'"))
    }
    for (key, bound) in [("minimum", minimum), ("maximum", maximum)]
    where objective != nil && !(0...1).contains(bound) {
      faults.append(
        ConfigurationFault(key, expected: "a weight from 0 to 1", got: "\(bound)"))
    }
    if maximum <= minimum {
      faults.append(
        ConfigurationFault("maximum", expected: "a weight above minimum", got: "\(maximum)"))
    }
    if proportional == 0, integral == 0 {
      faults.append(ConfigurationFault("integral", expected: "a gain above 0", got: "none"))
    }
    return faults
  }
}
