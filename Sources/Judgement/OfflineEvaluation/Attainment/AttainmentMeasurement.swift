import EvaluationReport
import EvaluatorModel
import Features
import ListSearch
import Objectives
import Sessions
import Tensors

/// Attainment of one method on the first held-out requests.
struct AttainmentMeasurement {
  let referees: ListReferees
  let probes: [[Float]]
  let search: AttainableSearch

  func measure(
    _ method: any ListMethod, sessions: [Session], workers: Workers
  ) -> AttainmentSummary {
    let sessions = Array(sessions.prefix(search.requests))
    let written = workers.map(sessions.count) { b in lists(sessions[b], number: b, method) }
    let byEvaluators = referees.attainableByEvaluators(
      sessions, starts: written, probes: probes, search: search, workers: workers)
    let byTruth = referees.attainableByTruth(
      sessions, starts: written, probes: probes, search: search, workers: workers)
    let batches = sessions.map { RequestBatch([referees.schema.encode($0).request]) }
    let truths = sessions.enumerated().compactMap { b, session in
      referees.truth(about: session.request, columns: batches[b].columns[0])
    }
    return AttainmentSummary(
      requests: sessions.count, exhaustive: byEvaluators.isExhaustive,
      byEvaluators: figures(byEvaluators, written, sessions) { b, lists in
        referees.utilities(
          referees.evaluators, batches[b], .init(requests: lists.map { _ in 0 }, lists: lists))
      },
      byTruth: byTruth.flatMap { best in
        figures(best, written, sessions) { b, lists in
          lists.map { truths[b].utilities(of: $0) }
        }
      },
      ceiling: byTruth.flatMap { best in
        figures(best, byEvaluators.lists.map { $0.map(\.items) }, sessions) { b, lists in
          lists.map { truths[b].utilities(of: $0) }
        }
      })
  }

  /// The method's list at every probe.
  private func lists(_ session: Session, number: Int, _ method: any ListMethod) -> [[Int]] {
    let requests = MethodRequests(
      batch: RequestBatch([referees.schema.encode(session).request]),
      lengths: [session.shown.count], logged: [session.shown], firstRequest: number)
    return probes.map { method.lists(for: requests, weights: $0)[0] }
  }

  private func figures(
    _ attainable: AttainableRewards, _ written: [[[Int]]], _ sessions: [Session],
    utilities: (Int, [[Int]]) -> [[Float]]
  ) -> AttainmentFigures? {
    var gained = [Double](repeating: 0, count: probes.count)
    var possible = gained
    for b in sessions.indices {
      let seen = utilities(b, written[b] + [sessions[b].shown])
      for (p, w) in probes.enumerated() {
        let own = Double(referees.objectives.reward(seen[p], weights: w))
        let logged = Double(referees.objectives.reward(seen[probes.count], weights: w))
        gained[p] += own - logged
        possible[p] += attainable.best[b][p] - logged
      }
    }
    return AttainmentFigures(gained: gained, attainable: possible)
  }
}
