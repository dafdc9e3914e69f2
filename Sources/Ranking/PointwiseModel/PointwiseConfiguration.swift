import ConfigurationFields

/// Sizes and fitting of the pointwise ranker.
public struct PointwiseConfiguration: Configurable {
  public var encoder = CandidateEncoderConfiguration()
  public var headHidden = 48
  public var slots = 10
  public var fitting = FittingConfiguration()

  public init() {
    fitting.batch = 256
    fitting.steps = 1200
  }

  public static let fields: [ConfigurationField<Self>] = [
    .init("encoder", \.encoder, "Widths of what turns a candidate and its request into numbers."),
    .init("head_hidden", \.headHidden, "Width of the head's hidden layer.", .atLeast(1)),
    .init(
      "slots", \.slots, "Places that are told apart in training; later ones count as the last.",
      .atLeast(1), unit: "places"),
    .init("fitting", \.fitting, "How it is fitted to the log."),
  ]

  /// Every fault of the values, worded for the user; empty when there is none.
  public func validate() -> [String] { faults(at: "pointwise").map(\.description) }
}
