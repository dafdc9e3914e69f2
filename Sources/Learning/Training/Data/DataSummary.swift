import Calibration
import CandidateSelection
import DataSources
import EvaluatorModel
import Features
import Objectives
import Sessions
import Tensors

/// What one pass over the sessions tells.
struct DataSummary {
  var fitter: SchemaFitter
  /// Why scores cannot be calibrated as they are configured.
  let scoreFaults: [String]
  /// By kind, over the sessions of all parts.
  private(set) var feedback: [String: FeedbackTally] = [:]
  /// Kinds whose type the configuration declares.
  let declared: [String: FeedbackType]
  var longestList = 0
  /// Sessions of all parts whose candidates were all shown.
  private(set) var allShownCount = 0
  /// Types of behaviour that the schema's sequences read.
  let readTypes: Set<String>
  /// Sessions of all parts with a history, and types in them that nothing reads.
  var withHistory = 0
  var unreadTypes: Set<String> = []
  var trainCount = 0
  var validationCount = 0
  var judgeTrainCount = 0
  var judgeValidationCount = 0
  var testCount = 0
  /// What `data.select` reads, by the key that names it.
  private(set) var selectionReadings: [(key: String, column: CandidateColumn)] = []

  /// Sessions of all parts.
  var count: Int {
    trainCount + validationCount + judgeTrainCount + judgeValidationCount + testCount
  }

  /// Feedback kinds of the training sessions, sorted.
  var kinds: [String] { feedback.filter(\.value.isInTraining).map(\.key).sorted() }

  /// Why these sessions cannot be trained on; empty when they can.
  func faults(_ objectives: ObjectiveSet, _ fold: JudgeFold) -> [DataError] {
    guard !kinds.isEmpty || trainCount + judgeTrainCount == 0 else {
      return [
        DataError(
          message: "data: expected sessions with feedback, got none; log what people did with the "
            + "lists they were shown")
      ]
    }
    let unknown = objectives.feedback.filter { !kinds.contains($0) && !kinds.isEmpty }
    return unknown.map {
      DataError(
        message: "objectives: expected feedback of the log (\(kinds.joined(separator: ", "))), got "
          + "predicted: \($0); \(advice(on: $0))")
    } + feedbackFaults + countFaults(fold)
  }

  private func countFaults(_ fold: JudgeFold) -> [DataError] {
    var faults: [DataError] = []
    if trainCount == 0 || validationCount == 0 {
      faults.append(
        DataError(
          message: "data: expected sessions to train on and to validate with, got "
            + "\(trainCount) and \(validationCount); give more sessions or another data.split"))
    }
    if !fold.isEmpty, judgeTrainCount == 0 || judgeValidationCount == 0 {
      faults.append(
        DataError(
          message:
            "data: expected sessions of other users for the judge, got \(judgeTrainCount) to "
            + "train on and \(judgeValidationCount) to validate with; log more users, or do without "
            + "a judge by training.judge.share=0"))
    }
    return faults
  }

  /// - Parameter visit: called with every session, in order.
  init(
    _ source: SessionSource, _ configuration: SchemaConfiguration, fold: JudgeFold,
    workers: Workers, reading: PreparedData.Reading = { _, _, _ in },
    visit: (Session) -> Void = { _ in }
  ) throws {
    var faults: [String] = []
    let scores = try Self.scores(source, configuration, workers: workers, reading, &faults)
    var fitter = SchemaFitter(configuration, scores: scores)
    var summary = DataSummary(
      fitter: fitter, scoreFaults: faults, declared: configuration.feedback,
      readTypes: Set(configuration.history.flatMap { $1.types(named: $0) }))
    for reading in source.configuration.select?.readings ?? [] {
      summary.selectionReadings.append(("data.select.\(reading.key)", reading.column))
    }
    try source.forEachChunk(spread: workers.sessions) { chunk in
      try reading("reading sessions", summary.count, source.countIfKnown)
      for (session, part) in chunk {
        visit(session)
        summary.count(session, isTraining: part == .train)
        summary.longestList = max(summary.longestList, session.shown.count)
        switch part {
        case .train:
          if fold.holds(FittedSchema.userKey(session.request.user.id)) {
            summary.judgeTrainCount += 1
          } else {
            summary.trainCount += 1
          }
          fitter.add(session)
        case .validation:
          if fold.holds(FittedSchema.userKey(session.request.user.id)) {
            summary.judgeValidationCount += 1
          } else {
            summary.validationCount += 1
          }
        case .test: summary.testCount += 1
        }
      }
    }
    try reading("reading sessions", summary.count, summary.count)
    self = summary
    self.fitter = fitter
  }

  private init(
    fitter: SchemaFitter, scoreFaults: [String], declared: [String: FeedbackType],
    readTypes: Set<String>
  ) {
    self.fitter = fitter
    self.scoreFaults = scoreFaults
    self.declared = declared
    self.readTypes = readTypes
  }

  private mutating func count(_ session: Session, isTraining: Bool) {
    if session.showsAll { allShownCount += 1 }
    countHistory(of: session)
    for (name, values) in session.feedback {
      feedback[name, default: FeedbackTally()].add(
        values, session: session.request.id, isTraining: isTraining)
    }
  }
}
