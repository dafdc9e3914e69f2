package import Calibration
package import Sessions

/// Learns vocabularies and normalisers in one streaming pass over the training sessions.
///
/// Only training sessions may be added: a vocabulary that has seen the held-out sessions makes
/// their unknown values look known, and the offline report too good. Memory is bounded by the
/// number of fields, whatever the number of sessions.
package struct SchemaFitter: Sendable {
  /// Distinct values counted per field; beyond it the rarest are forgotten.
  package static let maximumValues = 1_000_000

  private let configuration: SchemaConfiguration
  private var sessions = 0
  private var item: SideTally
  private var user: SideTally
  private var context: SideTally
  private var history: [HistoryTally]
  private var scores: [FittedScore]
  private var scoreTallies: [ScoreTally]

  /// - Parameter scores: fitted to the training sessions before; of each score of
  ///   `schema.calibration` one.
  package init(_ configuration: SchemaConfiguration, scores: [FittedScore] = []) {
    self.init(configuration, maximumValues: SchemaFitter.maximumValues, scores: scores)
  }

  package init(
    _ configuration: SchemaConfiguration, maximumValues: Int, scores: [FittedScore] = []
  ) {
    self.configuration = configuration
    self.scores = scores
    scoreTallies = scores.map { _ in ScoreTally(limit: 4096) }
    item = SideTally(
      "schema.item", configuration.item, includesID: configuration.includeItemID,
      augment: configuration.augmentWithScores,
      unseen: Set(configuration.calibration.itemVersionFields), maximumValues: maximumValues)
    user = SideTally(
      "schema.user", configuration.user, includesID: configuration.includeUserID,
      maximumValues: maximumValues)
    context = SideTally(
      "schema.context", configuration.context, includesID: false,
      unseen: Set(configuration.calibration.contextVersionFields), maximumValues: maximumValues)
    history = configuration.history.sorted { $0.key < $1.key }.map {
      HistoryTally($0.key, $0.value, maximumValues: maximumValues)
    }
  }

  /// Counts every candidate of the session, shown or not, its user and its context once each.
  package mutating func add(_ session: Session) {
    sessions += 1
    let request = scores.calibrated(session.request)
    for i in scores.indices { scoreTallies[i].add(request.candidates, scores[i]) }
    for candidate in request.candidates { item.add(candidate) }
    user.add(Candidate(id: request.user.id, features: request.user.features))
    context.add(Candidate(id: "", features: request.context))
    for kind in history.indices { history[kind].add(request.history) }
  }

  /// The features of the sessions added so far, whether the schema makes inputs of them or not.
  package var features: RequestFeatures {
    RequestFeatures(
      item: item.contents, user: user.contents, context: context.contents,
      source: "of the training sessions")
  }

  /// The schema of the sessions added so far.
  ///
  /// - Parameters:
  ///   - columns: raw columns that the objectives read.
  ///   - feedback: feedback kinds to encode, in this order.
  /// - Throws: all that is wrong with the configuration, by itself or for this data.
  package func fit(
    columns: [CandidateColumn], feedback: [String]
  ) throws(SchemaErrors) -> FittedSchema {
    var faults = configuration.validate()
    if !faults.isEmpty { throw SchemaErrors(faults) }
    guard sessions > 0 else {
      throw SchemaErrors([
        "data: expected training sessions, got none; check the data section and its split"
      ])
    }
    let schema = FittedSchema(
      item: item.fit(faults: &faults), user: user.fit(faults: &faults),
      context: context.fit(faults: &faults), columns: columns, feedback: feedback,
      history: history.map { $0.fit(faults: &faults) },
      calibration: zip(scores, scoreTallies).map { $0.watching($1) })
    if schema.layout.item.width == 0 {
      faults.append(
        "schema.item: expected at least one field to tell candidates apart, got none; add item "
          + "features to the log, or set schema.include_item_id: true")
    }
    if !faults.isEmpty { throw SchemaErrors(faults) }
    return schema
  }
}
