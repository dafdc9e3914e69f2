/// A closed loop: moves the weight of one objective to hold a share of what is shown.
public struct ShareControllerConfiguration: Codable, Sendable, Hashable {
  /// Whose weight is moved.
  public var objective: String
  /// Flag of the candidates whose share of the shown places is measured.
  public var flag: String
  /// The share to hold, in 0...1.
  public var target: Double
  /// Bounds of the objective's weight, where all weights sum to 1.
  public var minimum = 0.0
  public var maximum = 1.0
  /// Weight per unit of error.
  public var proportional = 0.5
  /// Weight per unit of error and update, summed over updates.
  public var integral = 0.5
  /// Weight per change of the measured share from one update to the next.
  public var derivative = 0.0
  /// Lists served between two updates.
  public var every = 200

  public init(objective: String, flag: String, target: Double) {
    self.objective = objective
    self.flag = flag
    self.target = target
  }

  enum CodingKeys: String, CodingKey {
    case objective, flag, target, minimum, maximum, proportional, integral, derivative, every
  }

  public init(from decoder: any Decoder) throws {
    let c = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      objective: try c.decode(String.self, forKey: .objective),
      flag: try c.decode(String.self, forKey: .flag),
      target: try c.decode(Double.self, forKey: .target))
    minimum = try c.decodeIfPresent(Double.self, forKey: .minimum) ?? minimum
    maximum = try c.decodeIfPresent(Double.self, forKey: .maximum) ?? maximum
    proportional = try c.decodeIfPresent(Double.self, forKey: .proportional) ?? proportional
    integral = try c.decodeIfPresent(Double.self, forKey: .integral) ?? integral
    derivative = try c.decodeIfPresent(Double.self, forKey: .derivative) ?? derivative
    every = try c.decodeIfPresent(Int.self, forKey: .every) ?? every
  }

  func faults(_ key: String, _ objectives: [String]?) -> [SteeringError] {
    var faults: [SteeringError] = []
    func check(_ holds: Bool, _ name: String, _ expected: String, _ got: Any) {
      if !holds {
        faults.append(SteeringError(key: "\(key).\(name)", expected: expected, got: "\(got)"))
      }
    }
    if let objectives {
      check(
        objectives.contains(objective), "objective",
        "one of the model's objectives \(objectives.joined(separator: ", "))", "'\(objective)'")
    }
    check(!flag.isEmpty, "flag", "a feature of the candidates", "an empty text")
    check((0...1).contains(target), "target", "a share from 0 to 1", target)
    check((0...1).contains(minimum), "minimum", "a weight from 0 to 1", minimum)
    check(maximum > minimum && maximum <= 1, "maximum", "a weight above minimum, up to 1", maximum)
    let gains = [
      ("proportional", proportional), ("integral", integral), ("derivative", derivative),
    ]
    for (name, gain) in gains {
      check(gain >= 0 && gain.isFinite, name, "a number of at least 0", gain)
    }
    check(proportional > 0 || integral > 0, "integral", "a gain above 0", "none")
    check(every >= 1, "every", "at least 1 list", every)
    return faults
  }
}
