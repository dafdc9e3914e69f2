package import ConfigurationFields

/// How the judge is fitted and asked; the `training.judge` section.
///
/// Its shape and schedule are the evaluators' own.
package struct JudgeTraining: Configurable {
  package var share = 0.25
  package var every = 50
  package var requests = 512
  package var labels = 512
  package var labelTolerance = 0.2

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
    .init(
      "labels", \.labels,
      "Held-out sessions whose logged feedback is asked, too, at every hearing: a generator that puts "
        + "their items clearly worse in order than it did before its first step is never the best. "
        + "0 asks none.",
      .atLeast(0), unit: "sessions"),
    .init(
      "label_tolerance", \.labelTolerance,
      "Share of that order's lead over a random one, by NDCG@5, that may be lost all the same: what lists "
        + "gain by how items stand together, labels of single items count as a loss.",
      .within(0...1)),
  ]
}
