import ArgumentParser
import EvaluatorModel
import Features
import JSON
import ScreenModel
import Sessions
import Statistics
import Tensors

/// `fader-bench heads`
struct Heads: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "How well the heads of screen models order shown items, beside the upstream scores.",
    discussion: """
      For each kind of feedback the area under the ROC curve over all places that users reached, and the \
      log loss, on sessions that no model was trained on. The first row is the best of the upstream \
      scores by itself. Several checkpoints give a row each.

      Example: fader-bench heads --checkpoint runs/screen/checkpoints/best --sessions held-out.jsonl
      """)

  @Option(help: "Folder of a checkpoint of the family screen; may be given several times.")
  var checkpoint: [String]
  @Option(help: "Session file that none of them was trained on.")
  var sessions: String
  @Option(help: "Later moments of each session that are looked at beside it, from the top.")
  var moments = 0
  @Option(help: "Threads.")
  var workers = 2
  @Flag(help: "One JSON object instead of a table.")
  var json = false

  /// What a model says of one kind of feedback.
  private struct Row {
    let name: String
    /// By kind.
    var figures: [(kind: String, area: Double?, loss: Double?)]
  }

  func run() throws {
    let models = try checkpoint.map { try ScreenCheckpoint($0) }
    var reader = try SessionReader(path: sessions)
    var held: [Session] = []
    while let session = try reader.next() {
      held.append(session)
      held += (1..<max(1, moments + 1)).compactMap { session.moment(after: $0) }
    }
    let all = held
    var rows: [Row] = []
    for (place, model) in models.enumerated() {
      let encoded = Workers(workers).map(all.count) { model.schema.encode(all[$0]) }
      if place == 0 { rows.append(scores(model, encoded)) }
      rows.append(row(model, encoded))
    }
    print(json ? text(rows).serialized() as String : table(rows))
  }

  private func row(_ model: ScreenCheckpoint, _ sessions: [EncodedSession]) -> Row {
    let ranker = model.policy.ranker
    let parts = stride(from: 0, to: sessions.count, by: 64).map {
      $0..<min(sessions.count, $0 + 64)
    }
    let predicted = Workers(workers).map(parts.count) { part in
      ranker.predictions(Array(sessions[parts[part]]))
    }.flatMap(\.self)
    return Row(
      name: model.path,
      figures: ranker.heads.enumerated().map { h, head in
        figures(head, h, sessions) { s, slot in Double(predicted[s][slot][h]) }
      })
  }

  /// The best of the upstream scores, which are no chances and have no loss.
  private func scores(_ model: ScreenCheckpoint, _ sessions: [EncodedSession]) -> Row {
    let ranker = model.policy.ranker
    let count = model.policy.configuration.scores.count
    return Row(
      name: "upstream score",
      figures: ranker.heads.enumerated().map { h, head in
        let areas = (0..<count).compactMap { score in
          figures(head, h, sessions) { s, slot in
            let item = Int(sessions[s].shown[slot])
            return Double(ranker.scores(of: item, in: sessions[s].request.item)[score])
          }.area
        }
        return (head.feedback, areas.max(), nil)
      })
  }

  private func figures(
    _ head: EvaluatorHead, _ h: Int, _ sessions: [EncodedSession],
    value: (_ session: Int, _ slot: Int) -> Double
  ) -> (kind: String, area: Double?, loss: Double?) {
    var values: [Double] = []
    var positive: [Bool] = []
    for (s, session) in sessions.enumerated() {
      for (slot, observed) in session.feedback[h].enumerated() where !observed.isNaN {
        values.append(value(s, slot))
        positive.append(observed > 0)
      }
    }
    let area = areaUnderCurve(scores: values, isPositive: positive)
    guard head.kind == .binary, values.allSatisfy({ (0...1).contains($0) }) else {
      return (head.feedback, area, nil)
    }
    return (
      head.feedback, area,
      LogLoss.mean(probabilities: values, labels: positive.map { $0 ? 1 : 0 })
    )
  }

  private func table(_ rows: [Row]) -> String {
    let kinds = rows[0].figures.map(\.kind)
    var lines = [
      "| model | " + kinds.map { "\($0): AUC, log loss" }.joined(separator: " | ") + " |"
    ]
    lines.append("|---|" + kinds.map { _ in "---|" }.joined())
    for row in rows {
      let cells = row.figures.map { figure in
        [figure.area, figure.loss].map { $0.map { significant($0) } ?? "–" }.joined(separator: ", ")
      }
      lines.append("| \(row.name) | " + cells.joined(separator: " | ") + " |")
    }
    return lines.joined(separator: "\n")
  }

  private func text(_ rows: [Row]) -> JSONValue {
    .array(
      rows.map { row in
        .object(
          [(key: "model", value: .string(row.name))]
            + row.figures.map { figure in
              (
                key: figure.kind,
                value: [
                  "auc": figure.area.map { .number($0) } ?? .null,
                  "log_loss": figure.loss.map { .number($0) } ?? .null,
                ] as JSONValue
              )
            })
      })
  }
}
