import Foundation
import JSON
import Statistics

/// What a loop and the models beside it earn, round by round; round 0 is the first model.
struct LoopCurve {
  /// Of one model's greedy lists.
  struct Point {
    /// True reward.
    let reward: Welford
    /// True gain as a share of the best list's that a search on the truth finds: mean over
    /// weightings, and the worst one. Nil where it was not asked for.
    var attained: (mean: Double, worst: Double)?

    init(reward: Welford) { self.reward = reward }

    /// - Parameter report: as `fader evaluate --attainable N --json` writes it.
    init(reward: Welford, report: URL) throws {
      self.reward = reward
      let text = try String(contentsOf: report, encoding: .utf8)
      let truth = try JSONScanner.parse(text)["attainment"]?["by_truth"]
      guard let mean = truth?["mean"]?.number, let worst = truth?["min"]?.number else {
        throw LoopError.failed(
          command: "fader evaluate --attainable", status: 0,
          said: "no attainment.by_truth in \(report.lastPathComponent)")
      }
      attained = (mean, worst)
    }

    var json: JSONValue {
      let reward = UsersBlock.estimate(reward)
      guard let attained else { return ["reward": reward] }
      return [
        "reward": reward,
        "attained": ["mean": .number(attained.mean), "worst": .number(attained.worst)],
      ]
    }
  }

  /// Trained on the first log and on what the users of all rounds so far did.
  var loop: [Point] = []
  /// Trained for as many steps on logs of the first policy alone; empty where no such models are asked for.
  var beside: [Point] = []
  /// True reward that each round's served lists stayed below the same model's greedy ones.
  var regret: [Double] = []

  var json: JSONValue {
    [
      "loop": .array(loop.map(\.json)), "beside": .array(beside.map(\.json)),
      "regret": .array(regret.map { .number($0) }),
    ]
  }

  func note(seed: Int, round: Int) -> String {
    func words(_ point: Point) -> String {
      significant(point.reward.mean ?? 0)
        + (point.attained.map {
          " (attained \(significant($0.mean)), worst \(significant($0.worst)))"
        } ?? "")
    }
    let beside = round < beside.count ? ", beside it \(words(beside[round]))" : ""
    return "seed \(seed), round \(round): \(words(loop[round]))\(beside)"
  }

  /// Mean over the seeds and their standard deviation, a Markdown row per round.
  static func table(_ curves: [LoopCurve]) -> String {
    func cell(_ values: [Double]) -> String {
      var over = Welford()
      for value in values { over.add(value) }
      return "\(significant(over.mean ?? 0)) +- "
        + significant((over.sampleVariance ?? 0).squareRoot())
    }
    let hasBeside = curves.allSatisfy { !$0.beside.isEmpty }
    let isAttained = curves.first?.loop.first?.attained != nil
    var names = ["round", "served lists"]
    if hasBeside { names += ["beside", "difference"] }
    names.append("regret of the next round")
    if isAttained {
      names += ["attained, served", "at the worst w"]
      if hasBeside { names += ["attained, beside", "at the worst w"] }
    }
    let rows = (curves.first?.loop.indices ?? 0..<0).map { round -> String in
      let served = curves.map { $0.loop[round] }
      let beside = hasBeside ? curves.map { $0.beside[round] } : []
      let rewards = [served, beside].map { $0.map { $0.reward.mean ?? 0 } }
      let regrets = curves.compactMap { round < $0.regret.count ? $0.regret[round] : nil }
      var cells = ["\(round)", cell(rewards[0])]
      if hasBeside {
        cells += [cell(rewards[1]), cell(zip(rewards[0], rewards[1]).map { $0 - $1 })]
      }
      cells.append(regrets.isEmpty ? "" : cell(regrets))
      if isAttained {
        for side in [served, beside] where !side.isEmpty {
          cells += [
            cell(side.compactMap { $0.attained?.mean }),
            cell(side.compactMap { $0.attained?.worst }),
          ]
        }
      }
      return "| \(cells.joined(separator: " | ")) |"
    }
    let head = ["| \(names.joined(separator: " | ")) |", "|\(names.map { _ in "---|" }.joined())"]
    return (head + rows).joined(separator: "\n")
  }
}
