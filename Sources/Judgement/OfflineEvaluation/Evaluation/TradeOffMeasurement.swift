package import EvaluationReport
import Objectives
package import Sessions
package import Tensors

/// How a method shares a list out between two objectives of half the weight each, for every pair.
package struct TradeOffMeasurement: Sendable {
  private let referees: ListReferees
  private let probes: ProbeSet

  /// - Parameter probes: what the method was asked at already.
  package init(referees: ListReferees, probes: ProbeSet) {
    self.referees = referees
    self.probes = probes
  }

  /// All weight on each objective, then half of it on each of two: `[P][k]`.
  package static func weights(objectives count: Int) -> [[Float]] {
    let corners = (0..<count).map { corner in (0..<count).map { $0 == corner ? 1 : 0 as Float } }
    return corners
      + pairs(count).map { pair in
        (0..<count).map { $0 == pair.first || $0 == pair.second ? 0.5 : 0 }
      }
  }

  private static func pairs(_ count: Int) -> [(first: Int, second: Int)] {
    (0..<count).flatMap { first in (first + 1..<count).map { (first: first, second: $0) } }
  }

  /// By `TradeOff.key`. Weights that are no probe, as midpoints between four objectives, are asked
  /// for here, of the same sessions.
  ///
  /// - Parameter known: what was collected at `probes`.
  /// - Returns: nil for a single objective, or without sessions.
  package func tradeOffs(
    _ method: any ListMethod, known: EvaluationAccumulator, sessions: [Session], workers: Workers
  ) -> [String: TradeOff]? {
    let count = referees.objectives.count
    guard count > 1, !sessions.isEmpty else { return nil }
    let further = ProbeSet(
      weights: Self.weights(objectives: count).filter { probes.knownPlace(of: $0) == nil })
    let asked =
      further.weights.isEmpty
      ? nil
      : MethodEvaluation(referees: referees, probes: further).accumulate(
        [(method, nil)], sessions: sessions, workers: workers)[0]
    func utilities(_ view: Viewpoint) -> ([Float]) -> [Double]? {
      guard known.knows(view) else { return { _ in nil } }
      let (own, extra) = (known.meanUtilities(view), asked?.meanUtilities(view) ?? [])
      return { w in
        probes.knownPlace(of: w).map { own[$0] } ?? further.knownPlace(of: w).flatMap { extra[$0] }
      }
    }
    return Self.tradeOffs(
      names: known.objectives, scales: known.scales, evaluators: utilities(.evaluators),
      truth: utilities(.truth))
  }

  /// - Parameters:
  ///   - evaluators: mean utilities of the lists made for a w, raw units, `[k]`; nil where unknown.
  ///   - truth: the same in truth.
  package static func tradeOffs(
    names: [String], scales: [Double], evaluators: ([Float]) -> [Double]?,
    truth: ([Float]) -> [Double]?
  ) -> [String: TradeOff] {
    let all = weights(objectives: names.count)
    let corners = all.prefix(names.count)
    var result: [String: TradeOff] = [:]
    for (pair, midpoint) in zip(pairs(names.count), all.dropFirst(names.count)) {
      func figures(_ utilities: ([Float]) -> [Double]?) -> TradeOffFigures? {
        guard let first = utilities(corners[pair.first]), let middle = utilities(midpoint),
          let second = utilities(corners[pair.second])
        else { return nil }
        func side(_ k: Int, own: [Double], other: [Double]) -> TradeOffFigures.Side {
          TradeOffFigures.Side(
            own: own[k], midpoint: middle[k], other: other[k], scale: scales[k])
        }
        return TradeOffFigures(
          first: side(pair.first, own: first, other: second),
          second: side(pair.second, own: second, other: first))
      }
      guard let seen = figures(evaluators) else { continue }
      let tradeOff = TradeOff(
        first: names[pair.first], second: names[pair.second], byEvaluators: seen,
        byTruth: figures(truth))
      result[tradeOff.key] = tradeOff
    }
    return result
  }
}
