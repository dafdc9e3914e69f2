package import ConfigurationFields

/// A closed loop: moves the weight of one objective to hold a share of what is shown.
package struct ShareControllerConfiguration: Configurable, Hashable {
  package var objective = ""
  package var flag = ""
  package var target = 0.0
  package var minimum = 0.0
  package var maximum = 1.0
  package var proportional = 0.5
  package var integral = 0.5
  package var derivative = 0.0
  package var every = 200

  package init() {}

  package init(objective: String, flag: String, target: Double) {
    self.objective = objective
    self.flag = flag
    self.target = target
  }

  package static let fields: [ConfigurationField<Self>] = [
    .init("objective", \.objective, "Objective whose weight is moved.", isRequired: true),
    .init(
      "flag", \.flag, "Flag of the candidates whose share of the shown places is measured.",
      .filled, isRequired: true),
    .init("target", \.target, "Share to hold.", .within(0...1), isRequired: true),
    .init(
      "minimum", \.minimum, "Lowest weight of the objective, where all weights sum to 1.",
      .within(0...1)),
    .init(
      "maximum", \.maximum, "Highest weight of the objective, above minimum.", .within(0...1)),
    .init(
      "proportional", \.proportional, "Weight per unit of error, which is target minus share.",
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
