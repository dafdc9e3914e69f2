/// Who gets which weights: the section `serving.steering`.
public struct SteeringConfiguration: Codable, Sendable, Hashable {
  /// Preset of requests for which nothing else decides.
  public var `default`: String?
  /// Zone in which rules count hours, as in `Europe/Berlin`.
  public var timeZone = "UTC"
  public var presets: [String: Preset] = [:]
  /// The first that matches decides.
  public var rules: [SteeringRule] = []
  public var controllers: [ShareControllerConfiguration] = []

  enum CodingKeys: String, CodingKey {
    case `default`, presets, rules, controllers
    case timeZone = "time_zone"
  }

  public init() {}

  public init(from decoder: any Decoder) throws {
    let c = try decoder.container(keyedBy: CodingKeys.self)
    self.default = try c.decodeIfPresent(String.self, forKey: .default)
    timeZone = try c.decodeIfPresent(String.self, forKey: .timeZone) ?? timeZone
    presets = try c.decodeIfPresent([String: Preset].self, forKey: .presets) ?? [:]
    rules = try c.decodeIfPresent([SteeringRule].self, forKey: .rules) ?? []
    controllers =
      try c.decodeIfPresent([ShareControllerConfiguration].self, forKey: .controllers) ?? []
  }
}

/// Weights under a name.
public struct Preset: Codable, Sendable, Hashable {
  /// By objective; only their proportions matter.
  public var weights: [String: Double]
  public var strategy: ListStrategy?

  public init(weights: [String: Double], strategy: ListStrategy? = nil) {
    self.weights = weights
    self.strategy = strategy
  }
}

/// A preset, or a split of the users between several, for requests that meet a condition.
public struct SteeringRule: Codable, Sendable, Hashable {
  /// One side of a split.
  public struct Arm: Codable, Sendable, Hashable {
    public var preset: String
    /// Of all arms' shares; they need not sum to anything.
    public var share: Double

    public init(preset: String, share: Double) {
      self.preset = preset
      self.share = share
    }
  }

  public var name: String
  public var when: RuleCondition?
  public var preset: String?
  public var split: [Arm]?
  /// What keeps the split apart from other splits of the same users; the rule's name by default.
  public var salt: String?

  public init(
    name: String, when: RuleCondition? = nil, preset: String? = nil, split: [Arm]? = nil,
    salt: String? = nil
  ) {
    self.name = name
    self.when = when
    self.preset = preset
    self.split = split
    self.salt = salt
  }
}

/// What a request must be like; all that is named must hold.
public struct RuleCondition: Codable, Sendable, Hashable {
  /// Values by feature of the user: one of them must be the user's.
  public var user: [String: [String]]?
  /// Values by feature of the context, such as its traffic source.
  public var context: [String: [String]]?
  /// `22-6`: from 22:00 to before 06:00, by the clock of the server in `time_zone`.
  public var hours: String?

  public init(
    user: [String: [String]]? = nil, context: [String: [String]]? = nil, hours: String? = nil
  ) {
    self.user = user
    self.context = context
    self.hours = hours
  }
}
