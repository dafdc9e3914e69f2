import EvaluatorModel
import Features
import Foundation
import Objectives
import Sessions
import Tensors
import Worlds

/// Sessions that were read once, encoded and put into binary caches for training.
public struct PreparedData: Sendable {
  public let schema: FittedSchema
  public let train: SessionCache
  public let validation: SessionCache
  /// One head per feedback kind of the log.
  public let heads: [EvaluatorHead]
  /// Longest logged list.
  public let longestList: Int
  /// Sessions of the test part, which training does not look at.
  public let testCount: Int

  /// Reads the source twice: to fit the schema on the training part, and to encode.
  ///
  /// - Parameter directory: where the caches are written.
  public init(
    _ source: SessionSource, schema configuration: SchemaConfiguration, objectives: ObjectiveSet,
    directory: String, workers: Workers
  ) throws {
    let survey = try Survey(source, configuration, workers: workers)
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
    guard survey.trainCount > 0, survey.validationCount > 0 else {
      throw DataFault(
        message: "data: expected sessions to train on and to validate with, got "
          + "\(survey.trainCount) and \(survey.validationCount); give more sessions or another "
          + "data.split")
    }
    schema = try survey.fitter.fit(columns: objectives.columns, feedback: kinds)
    heads = kinds.map { survey.head($0) }
    longestList = survey.longestList
    testCount = survey.testCount
    try FileManager.default.createDirectory(
      atPath: directory, withIntermediateDirectories: true)
    (train, validation) = try PreparedData.encode(
      source, schema, directory: directory, workers: workers)
  }

  private static func encode(
    _ source: SessionSource, _ schema: FittedSchema, directory: String, workers: Workers
  ) throws -> (SessionCache, SessionCache) {
    let paths = (train: "\(directory)/train.cache", validation: "\(directory)/validation.cache")
    let print = schema.fingerprint
    let train = try SessionCacheWriter(path: paths.train, fingerprint: print)
    let validation = try SessionCacheWriter(path: paths.validation, fingerprint: print)
    try source.forEachChunk(simulate: workers.sessions) { chunk in
      let kept = chunk.filter { $0.part != .test }
      let encoded = workers.pieces(kept.count) { range in
        kept[range].map { schema.encode($0.session) }
      }
      for (session, entry) in zip(encoded, kept) {
        try (entry.part == .train ? train : validation).append(session)
      }
    }
    try train.finish()
    try validation.finish()
    return (
      try SessionCache(path: paths.train, fingerprint: print),
      try SessionCache(path: paths.validation, fingerprint: print)
    )
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
  var testCount = 0

  init(
    _ source: SessionSource, _ configuration: SchemaConfiguration, workers: Workers
  ) throws {
    var fitter = SchemaFitter(configuration)
    var survey = Survey(fitter: fitter)
    try source.forEachChunk(simulate: workers.sessions) { chunk in
      for (session, part) in chunk {
        survey.longestList = max(survey.longestList, session.shown.count)
        switch part {
        case .train:
          survey.trainCount += 1
          fitter.add(session)
          survey.count(session)
        case .validation: survey.validationCount += 1
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

  func sessions(_ world: FeedWorld, _ range: Range<Int>) -> [Session] {
    pieces(range.count) { part in part.map { world.session(range.lowerBound + $0) } }
  }
}
