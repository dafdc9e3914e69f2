import DataSources
import EvaluatorModel
package import Features
import Objectives
import Sessions
package import Tensors

/// A configuration held against its data, as far as training would before it trains. Nothing is
/// written and nothing is trained.
package struct TrainingCheck: Sendable {
  /// What was found, each with a title of one word.
  package private(set) var findings: [(title: String, text: String)] = []
  /// Faults of the configuration that only the data show: all that training would refuse.
  package private(set) var configurationFaults: [String] = []
  /// What the data lack.
  package private(set) var dataFaults: [String] = []
  /// What the training sessions' requests have.
  package let features: RequestFeatures

  package var isSound: Bool { configurationFaults.isEmpty && dataFaults.isEmpty }

  /// - Parameter reading: told how far the sessions are read.
  /// - Throws: faults of files that cannot be read, and of sessions that are none.
  package init(
    _ configuration: RunConfiguration, workers: Workers,
    reading: PreparedData.Reading = { _, _, _ in }
  ) throws {
    let fold = JudgeFold(share: configuration.training.judge.share)
    let objectives = try ObjectiveSet(configuration.objectives)
    var overview = SessionOverview()
    let summary = try DataSummary(
      SessionSource(configuration.data), configuration.schema, fold: fold, workers: workers,
      reading: reading, visit: { overview.add($0) })
    dataFaults = summary.faults(objectives, fold).map(\.description)
    features = summary.fitter.features
    var width: FeatureLayout?
    do {
      let schema = try summary.schema(for: objectives, configuration.policy)
      width = schema.layout
      try checkWarmStart(configuration, summary, schema)
    } catch let faults as SchemaErrors {
      configurationFaults += faults.faults
    } catch let fault as WarmStartError {
      configurationFaults.append(fault.description)
    } catch let fault as DataError {
      dataFaults.append(fault.description)
    }
    describe(summary, overview, objectives)
    if let width {
      findings.append(
        (
          "inputs",
          "\(width.item.width) numbers per item, \(width.user.width) per user, "
            + "\(width.context.width) per request"
        ))
    }
  }

  private func checkWarmStart(
    _ configuration: RunConfiguration, _ summary: DataSummary, _ fitted: FittedSchema
  ) throws {
    guard let path = configuration.training.warmStart?.from else { return }
    let parent = try ParentCheckpoint(path: path)
    try parent.check(configuration)
    try parent.check(summary, fitted: fitted)
  }

  /// Takes what another reader of the same file found: faults, and what is only to be told.
  package mutating func add(faults: [String], remarks: [(title: String, text: String)] = []) {
    configurationFaults += faults
    findings += remarks
  }

  private mutating func describe(
    _ summary: DataSummary, _ overview: SessionOverview, _ objectives: ObjectiveSet
  ) {
    let judge = summary.judgeTrainCount + summary.judgeValidationCount
    findings = [
      (
        "sessions",
        "\(overview.sessions): \(summary.trainCount) to train on, \(summary.validationCount) to "
          + "validate with, \(judge) for the judge alone, \(summary.testCount) kept apart for tests"
      ),
      ("users", "\(overview.users.count)"),
      ("candidates", overview.candidates.text),
      ("places", overview.shown.text),
    ]
    for (name, side) in [
      ("item", overview.item), ("user", overview.user), ("context", overview.context),
    ] {
      let features = side.features.sorted { $0.key < $1.key }.map { feature, rows in
        rows == side.rows ? feature : "\(feature) (\(percent(rows, of: side.rows)))"
      }
      findings.append((name, features.isEmpty ? "no features" : features.joined(separator: ", ")))
    }
    if let text = overview.historyText { findings.append(("history", text)) }
    for name in summary.kinds {
      guard let tally = summary.feedback[name] else { continue }
      let text =
        switch summary.head(name).kind {
        case .binary: "\(percent(tally.ones, of: tally.zerosAndOnes)) of the places"
        case .number: "on average \((tally.mean * 1000).rounded() / 1000)"
        }
      findings.append(("feedback", "\(name): \(text)"))
    }
    if let remark = summary.selectionRemark { findings.append(("selection", remark)) }
    if let remark = summary.historyRemark { findings.append(("history", remark)) }
    for remark in summary.feedbackRemarks { findings.append(("feedback", remark)) }
    for objective in objectives.objectives {
      findings.append(("objective", "\(objective.name): \(objective.definition.summary)"))
    }
  }

  private func percent(_ part: Int, of whole: Int) -> String {
    "\((Double(part) / Double(max(whole, 1)) * 1000).rounded() / 10) %"
  }
}

/// What speaks against training, all at once.
package struct TrainingCheckError: Error, Sendable, CustomStringConvertible {
  /// Whether the configuration has to change; else the data.
  package let isOfConfiguration: Bool
  package let messages: [String]

  package init(_ check: TrainingCheck) {
    isOfConfiguration = !check.configurationFaults.isEmpty
    messages = check.configurationFaults + check.dataFaults
  }

  package var description: String { messages.joined(separator: "\n") }
}
