import ArgumentParser
import Benchmarking
import Features
import Foundation
import JSON
import ListSearch
import ScreenModel
import Sessions

/// `fader-bench beams`
struct Beams: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "What a beam that stops early keeps of the reward, and what it saves.",
    discussion: """
      For each width and stability, over the same requests: the reward of the list as a share of what the \
      full beam of the largest width gains over the greedy list, whether the first place is the same, \
      steps, continuations that were scored (k l m), and milliseconds on one thread. The model is \
      the referee: this is about the search alone.

      Example: fader-bench beams --checkpoint runs/screen/checkpoints/best --sessions held-out.jsonl
      """)

  @Option(help: "Folder of a checkpoint of the family screen.")
  var checkpoint: String
  @Option(help: "Session file.")
  var sessions: String
  @Option(help: "Requests.")
  var requests = 200
  @Option(help: "Places that have to be right, from the top; 0 for the whole list.")
  var decided = 1
  @Option(help: "Weights by objective, as in view=1,like=1; by default all alike.")
  var weights: String?
  @Option(help: "File for the curves as SVG: time by continuations, and what is kept by steps.")
  var svg: String?
  @Flag(help: "One JSON object instead of a table.")
  var json = false

  private static let widths = [1, 2, 4, 8]
  private static let stabilities = [1, 0.99, 0.95, 0.9]

  private struct Row {
    let width: Int
    let stability: Double?
    var steps = 0.0
    var continuations = 0.0
    var milliseconds = 0.0
    var rewards: [Double] = []
    var firsts: [Int] = []
  }

  func run() throws {
    let model = try ScreenCheckpoint(checkpoint)
    let w = try model.weights(weights)
    var reader = try SessionReader(path: sessions)
    var encoded: [(request: EncodedRequest, length: Int)] = []
    while encoded.count < requests, let session = try reader.next() {
      encoded.append((model.schema.encode(session.request), session.shown.count))
    }
    func row(_ width: Int, _ stability: Double?) -> Row {
      var row = Row(width: width, stability: stability)
      for (request, length) in encoded {
        let begin = ContinuousClock.now
        let found = model.policy.searches(
          RequestBatch([request]), weights: [w], lengths: [length],
          beam: {
            AdaptiveBeam(
              width: width, decided: stability == nil || decided == 0 ? $0 : min(decided, $0),
              stability: stability ?? 1)
          })[0]
        row.milliseconds +=
          (ContinuousClock.now - begin) / .milliseconds(1) / Double(encoded.count)
        row.steps += Double(found.searched) / Double(encoded.count)
        row.continuations += Double(found.continuations) / Double(encoded.count)
        row.firsts.append(found.items[0])
        // What the whole list is worth, step by step.
        row.rewards.append(
          model.policy.score(of: found.items, RequestBatch([request]), weights: w))
      }
      return row
    }
    let rows = Self.widths.flatMap { width in
      [row(width, nil)] + Self.stabilities.map { row(width, $0) }
    }
    show(rows)
    if let svg { try write(rows, to: svg) }
  }

  /// Time by k l m, and the steps of each width by its stability.
  private func write(_ rows: [Row], to path: String) throws {
    let early = rows.filter { $0.stability != nil }
    let time = ChartPanel(
      title: "time by continuations", xLabel: "continuations, k l m", yLabel: "milliseconds",
      series: [
        ChartSeries(
          style: 0, note: "to the end",
          points: rows.filter { $0.stability == nil }.map { ($0.continuations, $0.milliseconds) }),
        ChartSeries(
          style: 1, note: "stopping early",
          points: early.sorted { $0.continuations < $1.continuations }
            .map { ($0.continuations, $0.milliseconds) }),
      ])
    let steps = ChartPanel(
      title: "steps by width", xLabel: "width k", yLabel: "steps l",
      series: [1, 0.95].enumerated().map { style, stability in
        ChartSeries(
          style: style, note: "stability \(significant(stability))",
          points: early.filter { $0.stability == stability }.map { (Double($0.width), $0.steps) })
      })
    let chart = LogLogChart(
      title: "A beam that stops early",
      names: ["whole list; stability 1", "early stop; stability 0.95"], panels: [time, steps],
      columns: 2
    )
    try chart.svg().write(toFile: path, atomically: true, encoding: .utf8)
  }

  private func show(_ rows: [Row]) {
    let count = Double(rows[0].rewards.count)
    func mean(_ values: [Double]) -> Double { values.reduce(0, +) / count }
    let full = rows.last { $0.stability == nil } ?? rows[0]
    let greedy = rows.first { $0.stability == nil } ?? rows[0]
    let range = mean(full.rewards) - mean(greedy.rewards)
    func cells(_ row: Row) -> [(String, Double)] {
      [
        ("width", Double(row.width)), ("reward", mean(row.rewards)),
        ("kept", range > 0 ? (mean(row.rewards) - mean(greedy.rewards)) / range : 1),
        (
          "same_first",
          Double(zip(row.firsts, full.firsts).count { $0.0 == $0.1 }) / count
        ),
        ("steps", row.steps), ("continuations", row.continuations), ("ms", row.milliseconds),
      ]
    }
    if json {
      let all = rows.map { row -> JSONValue in
        .object(
          [(key: "stability", value: row.stability.map { .number($0) } ?? .null)]
            + cells(row).map { (key: $0.0, value: .number($0.1)) })
      }
      print(JSONValue.array(all).serialized() as String)
      return
    }
    print("| stops at | " + cells(rows[0]).map(\.0).joined(separator: " | ") + " |")
    print("|---|" + cells(rows[0]).map { _ in "---:|" }.joined())
    for row in rows {
      let name = row.stability.map { significant($0) } ?? "the end"
      print("| \(name) | " + cells(row).map { significant($0.1) }.joined(separator: " | ") + " |")
    }
  }
}
