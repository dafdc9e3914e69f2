package import ConfigurationFields

/// How the judge is fitted and asked; the `training.judge` section.
///
/// Its shape and schedule are the evaluators' own.
package struct JudgeTraining: Configurable {
  package var share = 0.25
  package var every = 50
  package var requests = 512

  package init() {}

  package static let fields: [ConfigurationField<Self>] = [
    .init(
      "share", \.share,
      "Share of the users whose sessions only the judge sees: a second set of evaluators, which the "
        + "generator never trains against. 0 for no judge.", .within(0..<1)),
    .init(
      "every", \.every, "Steps of the generator between two hearings of the judge.", .atLeast(1),
      unit: "steps"),
    .init(
      "requests", \.requests,
      "Held-out requests of a hearing, each with one of the standard weights.", .atLeast(1),
      unit: "requests"),
  ]
}
