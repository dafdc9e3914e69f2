import EvaluatorModel
import Features
import Foundation
import Objectives
import RandomStreams
import Sessions
import Tensors
import Worlds

/// Sessions that were read once, encoded and put into binary caches for training.
public struct PreparedData: Sendable {
  public let schema: FittedSchema
  /// What the evaluators are fitted on and the generator learns from.
  public private(set) var train: SessionCache
  public private(set) var validation: SessionCache
  /// What only the judge is fitted on: sessions of other users. Nil without a judge.
  private var judged: (train: SessionCache, validation: SessionCache)?
  /// One head per feedback kind of the log.
  public let heads: [EvaluatorHead]
  /// Longest logged list.
  public let longestList: Int
  /// Sessions of the test part, which training does not look at.
  public let testCount: Int

  /// Reads the source twice: to fit the schema on the training part, and to encode.
  ///
  /// - Parameters:
  ///   - judgeShare: share of the users that are kept for the judge.
  ///   - directory: where the caches are written.
  public init(
    _ source: SessionSource, schema configuration: SchemaConfiguration, objectives: ObjectiveSet,
    judgeShare: Double = 0, directory: String, workers: Workers
  ) throws {
    let fold = JudgeFold(share: judgeShare)
    let survey = try Survey(source, configuration, fold: fold, workers: workers)
    let kinds = survey.feedback.keys.sorted()
    guard !kinds.isEmpty else {
      throw DataFault(
        message: "data: expected sessions with feedback, got none; log what people did with the "
          + "lists they were shown")
    }
    if let missing = objectives.feedback.first(where: { !kinds.contains($0) }) {
      throw DataFault(
        message: "objectives: expected feedback of the log (\(kinds.joined(separator: ", "))), got "
          + "predicted: \(missing); name one of these, or log '\(missing)'")
    }
    try survey.checkCounts(fold)
    schema = try survey.fitter.fit(columns: objectives.columns, feedback: kinds)
    heads = kinds.map { survey.head($0) }
    longestList = survey.longestList
    testCount = survey.testCount
    try FileManager.default.createDirectory(
      atPath: directory, withIntermediateDirectories: true)
    let caches = try PreparedData.encode(
      source, schema, fold: fold, directory: directory, workers: workers)
    (train, validation) = (caches[0], caches[1])
    judged = fold.isEmpty ? nil : (caches[2], caches[3])
  }

  /// The same data with the judge's sessions in place of the evaluators'; nil without a judge.
  var forJudge: PreparedData? {
    guard let judged else { return nil }
    var own = self
    (own.train, own.validation) = judged
    own.judged = nil
    return own
  }

  /// The data of a run.
  public init(
    _ configuration: RunConfiguration, objectives: ObjectiveSet, directory: String,
    workers: Workers
  ) throws {
    try self.init(
      SessionSource(configuration.data), schema: configuration.schema, objectives: objectives,
      judgeShare: configuration.training.judge.share, directory: directory, workers: workers)
  }

  /// Caches of training and validation sessions: the evaluators' two, then the judge's.
  private static func encode(
    _ source: SessionSource, _ schema: FittedSchema, fold: JudgeFold, directory: String,
    workers: Workers
  ) throws -> [SessionCache] {
    var names = ["train", "validation"]
    if !fold.isEmpty { names += ["judge-train", "judge-validation"] }
    let paths = names.map { "\(directory)/\($0).cache" }
    let print = schema.fingerprint
    let writers = try paths.map { try SessionCacheWriter(path: $0, fingerprint: print) }
    try source.forEachChunk(spread: workers.sessions) { chunk in
      let kept = chunk.filter { $0.part != .test }
      let encoded = workers.pieces(kept.count) { range in
        kept[range].map { schema.encode($0.session) }
      }
      for (session, entry) in zip(encoded, kept) {
        let place = (entry.part == .train ? 0 : 1) + (fold.holds(session.userKey) ? 2 : 0)
        try writers[place].append(session)
      }
    }
    for writer in writers { try writer.finish() }
    return try paths.map { try SessionCache(path: $0, fingerprint: print) }
  }
}

/// The users whose sessions are the judge's.
struct JudgeFold: Sendable {
  let share: Double

  var isEmpty: Bool { share <= 0 }

  /// Whether a user, given by the key of their sessions, is the judge's.
  func holds(_ userKey: UInt64) -> Bool {
    guard !isEmpty else { return false }
    // The parts of the split come from the same key: drawn again, so that the two do not depend.
    var stream = RandomStream(seed: userKey, "training.judge")
    return stream.uniform() < share
  }
}

/// Sessions that cannot be trained on as they are configured.
public struct DataFault: Error, Sendable, Equatable, CustomStringConvertible {
  public let message: String
  public var description: String { message }
}

/// What one pass over the sessions tells.
private struct Survey {
  struct Kind {
    var isBinary = true
    var count = 0.0
    var sum = 0.0
    var squares = 0.0
  }

  var fitter: SchemaFitter
  var feedback: [String: Kind] = [:]
  var longestList = 0
  var trainCount = 0
  var validationCount = 0
  var judgeTrainCount = 0
  var judgeValidationCount = 0
  var testCount = 0

  func checkCounts(_ fold: JudgeFold) throws(DataFault) {
    guard trainCount > 0, validationCount > 0 else {
      throw DataFault(
        message: "data: expected sessions to train on and to validate with, got "
          + "\(trainCount) and \(validationCount); give more sessions or another data.split")
    }
    if !fold.isEmpty, judgeTrainCount == 0 || judgeValidationCount == 0 {
      throw DataFault(
        message: "data: expected sessions of other users for the judge, got \(judgeTrainCount) to "
          + "train on and \(judgeValidationCount) to validate with; log more users, or do without "
          + "a judge by training.judge.share=0")
    }
  }

  init(
    _ source: SessionSource, _ configuration: SchemaConfiguration, fold: JudgeFold,
    workers: Workers
  ) throws {
    var fitter = SchemaFitter(configuration)
    var survey = Survey(fitter: fitter)
    try source.forEachChunk(spread: workers.sessions) { chunk in
      for (session, part) in chunk {
        survey.longestList = max(survey.longestList, session.shown.count)
        switch part {
        case .train:
          if fold.holds(FittedSchema.userKey(session.request.user.id)) {
            survey.judgeTrainCount += 1
          } else {
            survey.trainCount += 1
          }
          fitter.add(session)
          survey.count(session)
        case .validation:
          if fold.holds(FittedSchema.userKey(session.request.user.id)) {
            survey.judgeValidationCount += 1
          } else {
            survey.validationCount += 1
          }
        case .test: survey.testCount += 1
        }
      }
    }
    self = survey
    self.fitter = fitter
  }

  private init(fitter: SchemaFitter) { self.fitter = fitter }

  mutating func count(_ session: Session) {
    for (name, values) in session.feedback {
      var kind = feedback[name] ?? Kind()
      for value in values {
        if value != 0 && value != 1 { kind.isBinary = false }
        kind.count += 1
        kind.sum += Double(value)
        kind.squares += Double(value) * Double(value)
      }
      feedback[name] = kind
    }
  }

  func head(_ name: String) -> EvaluatorHead {
    guard let kind = feedback[name], !kind.isBinary else {
      return EvaluatorHead(feedback: name, kind: .binary)
    }
    let mean = kind.sum / kind.count
    let deviation = (kind.squares / kind.count - mean * mean).squareRoot()
    return EvaluatorHead(
      feedback: name, kind: .number, unit: deviation > 0 ? Float(deviation) : 1)
  }
}

extension Workers {
  /// `body` over contiguous parts of 0..<count, results joined in order.
  func pieces<Result: Sendable>(
    _ count: Int, _ body: @Sendable (Range<Int>) -> [Result]
  ) -> [Result] {
    let size = 64
    return map((count + size - 1) / size) { piece in
      body(piece * size..<min(count, (piece + 1) * size))
    }.flatMap(\.self)
  }

  func sessions(
    _ count: Int, _ make: @Sendable (Range<Int>) -> [Result<Session, LineFault>]
  ) -> [Result<Session, LineFault>] {
    pieces(count, make)
  }
}
