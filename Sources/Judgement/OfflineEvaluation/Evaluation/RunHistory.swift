package import EvaluationReport
package import Foundation
import JSON

/// What a run left beside a checkpoint: its configuration and what it measured while it trained.
package enum RunHistory {
  /// What a report's page says around its figures.
  ///
  /// - Parameters:
  ///   - checkpoint: a checkpoint's folder; a run's curves are found when it lies in the run.
  ///   - date: of the evaluation.
  package static func context(checkpoint: String, date: Date) -> ReportContext {
    var context = ReportContext()
    let folder = URL(fileURLWithPath: checkpoint).standardizedFileURL
    let parent = folder.deletingLastPathComponent()
    let run = parent.lastPathComponent == "checkpoints" ? parent.deletingLastPathComponent() : nil
    context.title =
      run.map { "\($0.lastPathComponent), \(folder.lastPathComponent)" } ?? folder.lastPathComponent
    context.date =
      date.formatted(
        Date.ISO8601FormatStyle().year().month().day().time(includingFractionalSeconds: false)
          .dateTimeSeparator(.space)) + " UTC"
    context.configuration = try? String(
      contentsOf: folder.appendingPathComponent("config.yaml"), encoding: .utf8)
    if let run { context.training = curves(run.appendingPathComponent("metrics.jsonl")) }
    return context
  }

  /// Nothing where the file is missing; lines that are no JSON are passed over.
  private static func curves(_ metrics: URL) -> [TrainingCurve] {
    guard let text = try? String(contentsOf: metrics, encoding: .utf8) else { return [] }
    var points: [String: [(step: Double, value: Double)]] = [:]
    for line in text.split(separator: "\n") {
      guard let members = try? JSONScanner.parse(Array(line.utf8)).members,
        let step = members.first(where: { $0.key == "step" })?.value.number
      else { continue }
      for (name, value) in members where name != "step" {
        if let value = value.number { points[name, default: []].append((step, value)) }
      }
    }
    // Steps count through the whole run; a picture begins with its own part.
    func series(_ key: String, _ name: String) -> TrainingCurve.Series? {
      guard let own = points[key], let first = own.first?.step else { return nil }
      return TrainingCurve.Series(name: name, points: own.map { ($0.step - first, $0.value) })
    }
    func members(_ part: String, _ figure: String) -> [TrainingCurve.Series] {
      (0..<64).compactMap { series("\(part).\($0).\(figure)", "\(part) \($0 + 1)") }
    }
    return [
      TrainingCurve(
        title: "held-out loss of the evaluators", series: members("evaluator", "validation_loss")),
      TrainingCurve(
        title: "held-out loss of the judge", series: members("judge", "validation_loss")),
      TrainingCurve(
        title: "gain over the logged lists, held out",
        series: [
          series("generator.evaluator_gain", "evaluators"), series("generator.judge_gain", "judge"),
        ].compactMap(\.self)),
      TrainingCurve(
        title: "entropy of the generator, per place",
        series: [series("generator.entropy", "entropy")].compactMap(\.self)),
    ]
  }
}
