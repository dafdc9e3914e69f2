package import Calibration
package import Sessions

/// A schema after training data was seen: vocabularies, normalisers and the order of all inputs.
///
/// Everything that turns a request into numbers is in here, so a checkpoint that carries it
/// encodes the same in evaluation and in serving.
package struct FittedSchema: Sendable {
  package let item: FittedSide
  package let user: FittedSide
  package let context: FittedSide
  /// Raw columns that the objectives read.
  package let columns: [CandidateColumn]
  /// Feedback kinds, in the order of `EncodedSession.feedback`.
  package let feedback: [String]
  /// Sequences of behaviours, by name.
  package let history: [FittedHistory]
  /// Scores of the candidates that are calibrated before anything reads them.
  package let calibration: [FittedScore]
  /// The shape of what `encode` gives.
  package let layout: FeatureLayout

  let itemEncoder: SideEncoder
  let userEncoder: SideEncoder
  let contextEncoder: SideEncoder
  let historyEncoders: [HistoryEncoder]

  init(
    item: FittedSide, user: FittedSide, context: FittedSide, columns: [CandidateColumn],
    feedback: [String], history: [FittedHistory] = [], calibration: [FittedScore] = []
  ) {
    self.item = item
    self.user = user
    self.context = context
    self.columns = columns
    self.feedback = feedback
    self.history = history
    self.calibration = calibration
    layout = FeatureLayout(
      item: item.layout, user: user.layout, context: context.layout, columns: columns,
      feedback: feedback, history: history.map(\.layout))
    itemEncoder = SideEncoder(item, columns: columns, also: calibration.itemFeatures)
    userEncoder = SideEncoder(user)
    contextEncoder = SideEncoder(
      context, also: calibration.map(\.configuration).contextVersionFields)
    historyEncoders = history.map { HistoryEncoder($0) }
  }
}

extension FittedSchema: Equatable {
  package static func == (a: FittedSchema, b: FittedSchema) -> Bool {
    a.item == b.item && a.user == b.user && a.context == b.context && a.columns == b.columns
      && a.feedback == b.feedback && a.history == b.history && a.calibration == b.calibration
  }
}

extension FittedSchema: Codable {
  enum CodingKeys: String, CodingKey {
    case item, user, context, columns, feedback, history, calibration
  }

  package init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      item: try values.decode(FittedSide.self, forKey: .item),
      user: try values.decode(FittedSide.self, forKey: .user),
      context: try values.decode(FittedSide.self, forKey: .context),
      columns: try values.decode([CandidateColumn].self, forKey: .columns),
      feedback: try values.decode([String].self, forKey: .feedback),
      history: try values.decodeIfPresent([FittedHistory].self, forKey: .history) ?? [],
      calibration: try values.decodeIfPresent([FittedScore].self, forKey: .calibration) ?? [])
  }

  package func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(item, forKey: .item)
    try values.encode(user, forKey: .user)
    try values.encode(context, forKey: .context)
    try values.encode(columns, forKey: .columns)
    try values.encode(feedback, forKey: .feedback)
    if !history.isEmpty { try values.encode(history, forKey: .history) }
    if !calibration.isEmpty { try values.encode(calibration, forKey: .calibration) }
  }
}
