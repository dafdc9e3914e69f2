import EvaluationReport
import Objectives
import OfflineEvaluation
import Statistics

/// What one seed found of one method.
struct SeedFigures: Codable, Sendable {
  var name: String
  var about: String
  var steered: Bool
  /// Probes and requests it was judged on.
  var probes: Int
  var requests: Int
  var figures: [String: Double] = [:]

  subscript(_ figure: MethodFigure) -> Double? {
    get { figures[figure.rawValue] }
    set { figures[figure.rawValue] = newValue }
  }
}

extension EvaluationAccumulator {
  /// Shares and gains over the probes; absent viewpoints give no figure.
  func addGains(over probes: [Int], to row: inout SeedFigures) {
    func mean(_ view: Viewpoint, _ value: (ProbeTally) -> Double) -> Double? {
      let values = probes.compactMap { tally(view, probe: $0) }.map(value)
      return values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
    }
    row[.better] = mean(.evaluators, \.better)
    row[.judgeBetter] = mean(.judge, \.better)
    row[.judgeBetterWorst] = probes.compactMap { tally(.judge, probe: $0)?.better }.min()
    row[.trueBetter] = mean(.truth, \.better)
    row[.predictedGain] = mean(.evaluators, \.gain)
    row[.judgeGain] = mean(.judge, \.gain)
    row[.trueGain] = mean(.truth, \.gain)
    if let kept = row[.trueGain], let promised = row[.predictedGain], promised > 0 {
      row[.gainKept] = kept / promised
    }
  }

  /// True gain over attainable gain; `best` by request and by place in `probes`.
  func attainment(over probes: [Int], best: [[Double]]) -> AttainmentFigures? {
    let tallies = probes.compactMap { tally(.truth, probe: $0) }
    guard tallies.count == probes.count, !best.isEmpty else { return nil }
    return AttainmentFigures(
      gained: tallies.map(\.gain),
      attainable: tallies.enumerated().map { place, tally in
        best.reduce(0) { $0 + $1[place] } / Double(best.count) - tally.rewardLogged
      })
  }

  /// Smallest rank correlation over the objectives' lines, by the truth where it is known; an
  /// objective that never moves counts 0.
  func weakestSpearman(_ set: ProbeSet) -> Double? {
    let values = set.lines.enumerated().compactMap { objective, line -> Double? in
      let points = line.compactMap { probe in
        best(probe).map { (Double(set.weights[probe][objective]), $0.utilities[objective]) }
      }
      guard points.count > 1 else { return nil }
      return spearman(points.map(\.0), points.map(\.1)) ?? 0
    }
    return values.min()
  }

  /// By the truth where it is known, else by the judge, else by the evaluators.
  func best(_ probe: Int) -> ProbeTally? {
    tally(.truth, probe: probe) ?? tally(.judge, probe: probe) ?? tally(.evaluators, probe: probe)
  }
}
