import EvaluationReport
import EvaluatorModel
import Features
import Objectives
import Sessions
import Statistics
import Tensors

/// Collects `ClassicSummary` over requests.
struct ClassicMeasurement {
  let referees: ListReferees
  /// Binary feedback that an objective predicts.
  let relevance: String
  /// Column of the first rule over groups.
  private let group: Int?

  /// Nil when no objective predicts a feedback that makes items relevant.
  init?(_ referees: ListReferees) {
    let binary = referees.evaluators.heads.filter { $0.kind == .binary }.map(\.feedback)
    guard let kind = referees.objectives.feedback.first(where: binary.contains) else { return nil }
    self.referees = referees
    relevance = kind
    group = referees.objectives.columns.firstIndex { $0.kind == .group }
  }

  func summary(
    _ sessions: [Session], method: any ListMethod, workers: Workers
  ) -> ClassicSummary {
    let k = referees.objectives.count
    let equal = [Float](repeating: 1 / Float(k), count: k)
    let lists = workers.map(sessions.count) { i -> [Int] in
      let requests = MethodRequests([referees.schema.encode(sessions[i])], firstRequest: i)
      return method.lists(for: requests, weights: equal)[0]
    }
    return ClassicSummary(
      relevance: relevance, group: group.map { referees.objectives.columns[$0].feature },
      generated: means(sessions, lists), logged: means(sessions, sessions.map(\.shown)))
  }

  private func means(_ sessions: [Session], _ lists: [[Int]]) -> [String: Double] {
    var sums: [String: (sum: Double, count: Double)] = [:]
    for (session, list) in zip(sessions, lists) {
      for (name, value) in values(session, list) {
        let known = sums[name] ?? (0, 0)
        sums[name] = (known.sum + value, known.count + 1)
      }
    }
    return sums.mapValues { $0.sum / $0.count }.merging(exposures(sessions, lists)) { own, _ in own
    }
  }

  private func values(_ session: Session, _ list: [Int]) -> [(String, Double)] {
    let candidates = session.request.candidates
    var gains = [Double](repeating: 0, count: candidates.count)
    for (item, value) in zip(session.shown, session.feedback[relevance] ?? []) where value > 0 {
      gains[item] = 1
    }
    let listed = list.map { gains[$0] }
    let relevant = gains.count { $0 > 0 }
    var found: [(String, Double?)] = [
      ("ndcg", ndcg(listed, candidates: gains)),
      ("map", averagePrecision(listed, relevant: relevant)),
      ("mrr", relevant > 0 ? reciprocalRank(listed) : nil),
    ]
    if let group {
      let groups = referees.objectives.columns[group].values(of: candidates).map { Int($0) }
      let topics = gains.indices.map { gains[$0] > 0 ? [groups[$0]] : [] }
      let intents = Set(groups.indices.filter { gains[$0] > 0 }.map { groups[$0] }).sorted()
      let stops = list.map { item in
        intents.map { $0 == groups[item] ? satisfaction(grade: gains[item], maximum: 1) : 0 }
      }
      let share = 1 / Double(max(1, intents.count))
      found += [
        ("alpha_ndcg", alphaNDCG(list.map { topics[$0] }, candidates: topics)),
        (
          "err_ia",
          intents.isEmpty
            ? nil : intentAwareERR(stops, weights: intents.map { _ in share })
        ),
        ("ilad", intraListDistance(list) { groups[$0] == groups[$1] ? 0 : 1 }),
      ]
    }
    return found.compactMap { name, value in value.map { (name, $0) } }
  }

  /// How the lists spread over all items that were ever candidates.
  private func exposures(_ sessions: [Session], _ lists: [[Int]]) -> [String: Double] {
    var numbers: [String: Int] = [:]
    for session in sessions {
      for item in session.request.candidates where numbers[item.id] == nil {
        numbers[item.id] = numbers.count
      }
    }
    let shown = zip(sessions, lists).map { session, list in
      list.compactMap { numbers[session.request.candidates[$0].id] }
    }
    let sums = exposure(of: shown, catalogue: numbers.count)
    return ["coverage": catalogueCoverage(sums), "gini": giniCoefficient(sums)]
      .compactMapValues { $0 }
  }
}
