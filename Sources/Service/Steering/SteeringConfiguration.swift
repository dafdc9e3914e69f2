package import ConfigurationFields

/// Who gets which weights: the section `serving.steering`.
package struct SteeringConfiguration: Configurable, Hashable {
  package var `default`: String?
  package var timeZone = "UTC"
  package var presets: [String: Preset] = [:]
  package var rules: [SteeringRule] = []
  package var controllers: [ShareControllerConfiguration] = []
  package var state: String?

  package init() {}

  package static let fields: [ConfigurationField<Self>] = [
    .init(
      "default", \.default,
      "Preset of requests for which nothing else decides. By default they get default_weights."),
    .init(
      "time_zone", \.timeZone, "Zone in which rules count hours, such as Europe/Berlin."),
    .init("presets", \.presets, "Weights under names."),
    .init(
      "rules", \.rules,
      "Which requests get which preset: the first rule that matches a request decides."),
    .init(
      "controllers", \.controllers,
      "Closed loops, each of which moves the weight of one objective to hold a share of what is "
        + "shown. A weight that a controller moves is the controller's, whatever a preset says of it; "
        + "it starts from the default preset's."),
    .init(
      "state", \.state,
      "File that keeps the controllers' state over a restart. By default controllers.json in "
        + "serving.log.folder; without a log they begin anew."),
  ]
}

/// Weights under a name.
package struct Preset: Configurable, Hashable {
  package var weights: [String: Double] = [:]
  package var strategy: ListStrategy?

  package init() {}

  package init(weights: [String: Double], strategy: ListStrategy? = nil) {
    self.weights = weights
    self.strategy = strategy
  }

  package static let fields: [ConfigurationField<Self>] = [
    .init(
      "weights", \.weights,
      "Weights by objective; only their proportions matter, and at least one is above 0. The weight of "
        + "an objective with a controller comes from that; the others keep their proportions.",
      .atLeast(0), isRequired: true),
    .init(
      "strategy", \.strategy,
      "How many lists are written, and by what. By default what serving.strategy says."),
  ]
}

/// A preset, or a split of the users between several, for requests that meet a condition.
package struct SteeringRule: Configurable, Hashable {
  /// One side of a split.
  package struct Arm: Configurable, Hashable {
    package var preset = ""
    package var share = 0.0

    package init() {}

    package init(preset: String, share: Double) {
      self.preset = preset
      self.share = share
    }

    package static let fields: [ConfigurationField<Self>] = [
      .init("preset", \.preset, "Preset of the users on this side.", isRequired: true),
      .init(
        "share", \.share, "Share of the users, as a part of the sum of all sides' shares.",
        .atLeast(0), isRequired: true),
    ]
  }

  package var name = ""
  package var when: RuleCondition?
  package var preset: String?
  package var split: [Arm]?
  package var salt: String?

  package init() {}

  package init(
    name: String, when: RuleCondition? = nil, preset: String? = nil, split: [Arm]? = nil,
    salt: String? = nil
  ) {
    self.name = name
    self.when = when
    self.preset = preset
    self.split = split
    self.salt = salt
  }

  package static let fields: [ConfigurationField<Self>] = [
    .init(
      "name", \.name, "Name of the rule, which answers and logs carry; no two share one.",
      isRequired: true),
    .init(
      "when", \.when,
      "What a request must be like; all that is named must hold. By default every request matches."),
    .init("preset", \.preset, "Preset that requests get. Give either preset or split."),
    .init(
      "split", \.split, "Sides between which users are divided; a user always stays on one."),
    .init(
      "salt", \.salt,
      "What keeps this split apart from other splits of the same users. By default the rule's name."
    ),
  ]
}

/// What a request must be like; all that is named must hold.
package struct RuleCondition: Configurable, Hashable {
  package var user: [String: [String]]?
  package var context: [String: [String]]?
  package var hours: String?

  package init() {}

  package init(
    user: [String: [String]]? = nil, context: [String: [String]]? = nil, hours: String? = nil
  ) {
    self.user = user
    self.context = context
    self.hours = hours
  }

  package static let fields: [ConfigurationField<Self>] = [
    .init(
      "user", \.user, "Values by feature of the user: one of them must be the user's."),
    .init(
      "context", \.context,
      "Values by feature of the request, such as its device: one of them must be the request's."),
    .init(
      "hours", \.hours,
      "Hours of the day, such as 22-6 for 22:00 to before 06:00, by time_zone."),
  ]
}
