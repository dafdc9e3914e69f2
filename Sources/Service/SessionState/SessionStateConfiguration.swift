package import ConfigurationFields

/// What a service remembers of its users: section `serving.history`.
package struct SessionStateConfiguration: Configurable, Hashable {
  package var lengths: [String: Int] = ["exposure": 50, "click": 20]
  package var windowSeconds = 86_400.0
  package var users = 100_000
  package var lists = 200_000
  package var pages = 10_000
  package var triggers = TriggerConfiguration()
  /// nil: in this process.
  package var redis: RedisConfiguration?

  package init() {}

  package static let fields: [ConfigurationField<Self>] = [
    .init(
      "lengths", \.lengths,
      "Most behaviours of each type that are remembered of a user, the newest. exposure is an item that "
        + "was shown; the others are kinds of feedback. They should be those of the model's schema.",
      .atLeast(1)),
    .init(
      "window_seconds", \.windowSeconds, "Time after which a behaviour is forgotten.", .above(0),
      unit: "seconds"),
    .init(
      "users", \.users,
      "Most users that are remembered; beyond, whoever was longest away is forgotten.", .atLeast(1),
      unit: "users"),
    .init(
      "lists", \.lists,
      "Most served lists for which feedback can still become a behaviour; the oldest are forgotten.",
      .atLeast(1), unit: "lists"),
    .init(
      "pages", \.pages,
      "Most served lists that POST /v1/sessions/{id}/rerank can go on from, each with its whole request; "
        + "0 switches it off.", .atLeast(0), unit: "lists"),
    .init(
      "triggers", \.triggers,
      "After what the rest of a list that a user is looking at is ranked again."),
    .init(
      "redis", \.redis,
      "A Redis server in which several replicas keep what they remember, so that each knows what a user "
        + "did at the others; it needs the library hiredis. By default each process keeps its own."),
  ]
}

/// What makes the rest of a list worth ranking again: section `serving.history.triggers`.
package struct TriggerConfiguration: Configurable, Hashable {
  package var types: [String] = ["click"]
  package var exposures = 5

  package init() {}

  package static let fields: [ConfigurationField<Self>] = [
    .init(
      "types", \.types, "Kinds of feedback after any of which it is ranked again, such as click."),
    .init(
      "exposures", \.exposures,
      "Items that a user has seen, one after the other without such feedback, after which it is ranked "
        + "again; 0 for never.", .atLeast(0), unit: "items"),
  ]
}
