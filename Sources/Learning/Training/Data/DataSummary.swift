import DataSources
import EvaluatorModel
import Features
import Objectives
import Sessions
import Tensors

/// What one pass over the sessions tells.
struct DataSummary {
  struct Kind {
    /// Every value is 0 or 1.
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

  /// Feedback kinds of the log, sorted.
  var kinds: [String] { feedback.keys.sorted() }

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
          + "predicted: \($0); name one of these, or log '\($0)'")
    } + countFaults(fold)
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
    workers: Workers, visit: (Session) -> Void = { _ in }
  ) throws {
    var fitter = SchemaFitter(configuration)
    var summary = DataSummary(fitter: fitter)
    try source.forEachChunk(spread: workers.sessions) { chunk in
      for (session, part) in chunk {
        visit(session)
        summary.longestList = max(summary.longestList, session.shown.count)
        switch part {
        case .train:
          if fold.holds(FittedSchema.userKey(session.request.user.id)) {
            summary.judgeTrainCount += 1
          } else {
            summary.trainCount += 1
          }
          fitter.add(session)
          summary.count(session)
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
    self = summary
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
