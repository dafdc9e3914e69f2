package import ConfigurationFields

/// An upstream model that predicts clicks, and what becomes of its scores when it is trained anew.
package struct UpstreamConfiguration: Configurable {
  package var noise = 0.5
  package var retrainedAt: Int?
  package var negativesKept = 0.5
  package var kinds: [String] = []

  package init() {}

  package static let fields: [ConfigurationField<Self>] = [
    .init(
      "noise", \.noise,
      "Standard deviation of the model's error; half of its variance stays with the item, half is new "
        + "in every request.", .atLeast(0), unit: "log-odds"),
    .init(
      "retrained_at", \.retrainedAt,
      "Number of the session from which the retrained model scores. By default it never does.",
      .atLeast(0)),
    .init(
      "negatives_kept", \.negativesKept,
      "Share of the negatives that the retrained model was trained with: the fewer, the higher its "
        + "chances.", .above(0, upTo: 1)),
    .init(
      "kinds", \.kinds,
      "Kinds of items whose model is retrained, of product, video and live. By default all."),
  ]

  package func faultsBetweenKeys() -> [ConfigurationFault] {
    let known = FeedKind.allCases.map(\.name)
    return kinds.filter { !known.contains($0) }.map {
      ConfigurationFault("kinds", expected: "some of \(known.joined(separator: ", "))", got: $0)
    }
  }
}
