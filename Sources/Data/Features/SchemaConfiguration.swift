package import Calibration
package import ConfigurationFields

/// The `schema` section of a configuration: which features the networks see, and how.
package struct SchemaConfiguration: Configurable {
  package var item = SideConfiguration()
  package var user = SideConfiguration()
  package var context = SideConfiguration()
  package var augment = AugmentConfiguration()
  package var calibration: [ScoreConfiguration] = []
  package var includeUserID = false
  package var includeItemID = false
  /// By the sequence's name.
  package var history: [String: HistoryConfiguration] = [:]
  /// By the feedback's name; a kind that is not named follows from the values of the log.
  package var feedback: [String: FeedbackType] = [:]

  package init() {}

  package static let fields: [ConfigurationField<Self>] = [
    .init("item", \.item, "Features of the candidates."),
    .init("user", \.user, "Features of the user."),
    .init("context", \.context, "Features of the request itself, such as its device."),
    .init(
      "augment", \.augment,
      "Numbers that compare a candidate with the other candidates of its request."),
    .init(
      "calibration", \.calibration,
      "Numbers of the candidates that upstream models predict, each to be brought back to the chance of "
        + "its label before anything else reads it.", writing: .ifChanged),
    .init(
      "include_user_id", \.includeUserID,
      "Whether the user's id is a categorical feature of the user, named id."),
    .init(
      "include_item_id", \.includeItemID,
      "Whether the item's id is a categorical feature of the item, named id."),
    .init(
      "history", \.history,
      "Sequences of what the user saw and did before, by name: exposure for the items that were "
        + "shown, click for the clicked ones. Each is encoded apart from the others.",
      writing: .ifChanged),
    .init(
      "feedback", \.feedback,
      "What the values of a kind of feedback are, by its name: binary for 0 and 1, predicted as a "
        + "probability, or number. Few other values of a binary kind, at most 1 %, are left out and "
        + "reported. By default a kind with no other values is binary, and one with many a number; "
        + "one with few has to be declared.", writing: .ifChanged),
  ]

  package func faultsBetweenKeys() -> [ConfigurationFault] {
    repeats(in: calibration.map(\.score), at: "calibration")
  }

  /// `augment` with the ranks of the calibrated scores.
  var augmentWithScores: AugmentConfiguration {
    var result = augment
    result.rank += calibration.filter { $0.rank && !augment.rank.contains($0.score) }.map(\.score)
    return result
  }
}

/// Numeric inputs that compare a candidate with the other candidates of its request.
package struct AugmentConfiguration: Configurable {
  package var rank: [String] = []
  package var share: [String] = []

  package init() {}

  package static let fields: [ConfigurationField<Self>] = [
    .init(
      "rank", \.rank,
      "Item features whose rank within the request becomes an input: 0 for the largest number, 1 for "
        + "the smallest."),
    .init(
      "share", \.share,
      "Item features for which the share of candidates with the same value becomes an input."),
  ]

  package func faultsBetweenKeys() -> [ConfigurationFault] {
    repeats(in: rank, at: "rank") + repeats(in: share, at: "share")
  }
}
