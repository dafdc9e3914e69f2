import ConfigurationFields

/// A closed loop: moves the weight of one objective to hold a share of what is shown.
public struct ShareControllerConfiguration: Configurable, Hashable {
  public var objective = ""
  public var flag = ""
  public var target = 0.0
  public var minimum = 0.0
  public var maximum = 1.0
  public var proportional = 0.5
  public var integral = 0.5
  public var derivative = 0.0
  public var every = 200

  public init() {}

  public init(objective: String, flag: String, target: Double) {
    self.objective = objective
    self.flag = flag
    self.target = target
  }

  public static let fields: [ConfigurationField<Self>] = [
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

  public func faultsBetweenKeys() -> [ConfigurationFault] {
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
