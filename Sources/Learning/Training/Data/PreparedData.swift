package import DataSources
package import EvaluatorModel
package import Features
import Foundation
package import ListPolicy
package import Objectives
import Sessions
package import Tensors

/// Sessions that were read once, encoded and put into binary caches for training.
package struct PreparedData: Sendable {
  package let schema: FittedSchema
  /// What the evaluators are fitted on and the generator learns from.
  package private(set) var train: SessionCache
  package private(set) var validation: SessionCache
  /// What only the judge is fitted on: sessions of other users. Nil without a judge.
  private var judged: (train: SessionCache, validation: SessionCache)?
  /// One head per feedback kind of the log.
  package let heads: [EvaluatorHead]
  /// Longest logged list; of a warm start the longest that its evaluators look at.
  package let longestList: Int
  /// Sessions of the test part, which training does not look at.
  package let testCount: Int
  /// Feedback that is left out, and what a warm start's sessions have that its checkpoint does not
  /// know, worded for the user.
  let remarks: [String]

  /// Told before each chunk of sessions what is done with them, how many are done, and of how many
  /// where that is known; stops the reading by throwing.
  package typealias Reading = (_ pass: String, _ done: Int, _ total: Int?) throws -> Void

  /// Reads the source twice: to fit the schema on the training part, and to encode.
  ///
  /// - Parameters:
  ///   - policy: section of the family that is trained, for the columns that it reads.
  ///   - judgeShare: share of the users that are kept for the judge.
  ///   - directory: where the caches are written.
  package init(
    _ source: SessionSource, schema configuration: SchemaConfiguration, objectives: ObjectiveSet,
    policy: (any PolicyConfiguration)? = nil, judgeShare: Double = 0, directory: String,
    workers: Workers
  ) throws {
    try self.init(
      source, schema: configuration, objectives: objectives, policy: policy,
      judgeShare: judgeShare, parent: nil, directory: directory, workers: workers,
      reading: { _, _, _ in })
  }

  /// - Parameter parent: gives schema and heads, which are fitted without it.
  init(
    _ source: SessionSource, schema configuration: SchemaConfiguration, objectives: ObjectiveSet,
    policy: (any PolicyConfiguration)?, judgeShare: Double, parent: ParentCheckpoint?,
    directory: String, workers: Workers, reading: Reading
  ) throws {
    let fold = JudgeFold(share: judgeShare)
    let summary = try DataSummary(
      source, configuration, fold: fold, workers: workers, reading: reading)
    if let fault = summary.faults(objectives, fold).first { throw fault }
    let kinds = summary.kinds
    let fitted = try summary.schema(for: objectives, policy)
    try parent?.check(summary, fitted: fitted)
    schema = parent?.schema ?? fitted
    heads = parent?.evaluators.heads ?? kinds.map { summary.head($0) }
    longestList = parent?.slots ?? summary.longestList
    testCount = summary.testCount
    var remarks =
      [summary.selectionRemark, summary.historyRemark].compactMap(\.self) + summary.feedbackRemarks
      + (parent?.remarks(summary, fitted: fitted) ?? [])
    try FileManager.default.createDirectory(
      atPath: directory, withIntermediateDirectories: true)
    let (caches, categories) = try PreparedData.encode(
      source, schema, heads, fold: fold, directory: directory, workers: workers
    ) { try reading("encoding sessions", $0, summary.count) }
    (train, validation) = (caches[0], caches[1])
    judged = fold.isEmpty ? nil : (caches[2], caches[3])
    if parent != nil { remarks += [categories.remark].compactMap(\.self) }
    self.remarks = remarks
  }

  /// The same data with the judge's sessions in place of the evaluators'; nil without a judge.
  var forJudge: PreparedData? {
    guard let judged else { return nil }
    var own = self
    (own.train, own.validation) = judged
    own.judged = nil
    return own
  }

  /// The data of a run that starts anew.
  package init(
    _ configuration: RunConfiguration, objectives: ObjectiveSet, directory: String,
    workers: Workers
  ) throws {
    try self.init(
      configuration, objectives: objectives, parent: nil, directory: directory, workers: workers,
      reading: { _, _, _ in })
  }

  /// The data of a run.
  init(
    _ configuration: RunConfiguration, objectives: ObjectiveSet, parent: ParentCheckpoint?,
    directory: String, workers: Workers, reading: Reading
  ) throws {
    try self.init(
      SessionSource(configuration.data), schema: configuration.schema, objectives: objectives,
      policy: configuration.policy,
      judgeShare: configuration.training.judge.share, parent: parent, directory: directory,
      workers: workers, reading: reading)
  }

  /// Caches of training and validation sessions: the evaluators' two, then the judge's.
  private static func encode(
    _ source: SessionSource, _ schema: FittedSchema, _ heads: [EvaluatorHead], fold: JudgeFold,
    directory: String, workers: Workers, reading: (_ done: Int) throws -> Void
  ) throws -> (caches: [SessionCache], categories: CategoryCount) {
    var categories = CategoryCount()
    var names = ["train", "validation"]
    if !fold.isEmpty { names += ["judge-train", "judge-validation"] }
    let paths = names.map { "\(directory)/\($0).cache" }
    let print = schema.fingerprint
    let binary = heads.indices.filter { heads[$0].kind == .binary }
    let writers = try paths.map { try SessionCacheWriter(path: $0, fingerprint: print) }
    var done = 0
    try source.forEachChunk(spread: workers.sessions) { chunk in
      try reading(done)
      done += chunk.count
      let kept = chunk.filter { $0.part != .test }
      let encoded = workers.pieces(kept.count) { range in
        kept[range].map { schema.encode($0.session).leavingOutOddValues(of: binary) }
      }
      for (session, entry) in zip(encoded, kept) {
        let place = (entry.part == .train ? 0 : 1) + (fold.holds(session.userKey) ? 2 : 0)
        try writers[place].append(session)
        categories.count(session.request)
      }
    }
    try reading(done)
    for writer in writers { try writer.finish() }
    return (try paths.map { try SessionCache(path: $0, fingerprint: print) }, categories)
  }
}

/// Sessions that cannot be trained on as they are configured.
package struct DataError: Error, Sendable, Equatable, CustomStringConvertible {
  package let message: String
  package var description: String { message }
}
