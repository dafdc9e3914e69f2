import EvaluatorModel
import Features
import Objectives
package import Sessions
import Statistics
package import Tensors

/// Has several methods write lists for the same requests at the same probes, and the same referees
/// look at them.
package struct MethodEvaluation: Sendable {
  package let referees: ListReferees
  package let probes: ProbeSet
  /// Requests that are encoded and judged together.
  private static let size = 16

  package init(referees: ListReferees, probes: ProbeSet) {
    self.referees = referees
    self.probes = probes
  }

  /// What is collected of each method.
  ///
  /// - Parameters:
  ///   - methods: each with the probes it is asked at; nil for all.
  ///   - sessions: held-out sessions; each gives one comparison per method and probe.
  package func accumulate(
    _ methods: [(method: any ListMethod, probes: [Int]?)], sessions: [Session], workers: Workers
  ) -> [EvaluationAccumulator] {
    let objectives = referees.objectives
    var accumulators = methods.map { _ in
      EvaluationAccumulator(
        objectives: objectives.names, scales: objectives.objectives.map { Double($0.scale) },
        probes: probes.weights.map { $0.map(Double.init) }, lines: probes.lines)
    }
    let pieces = (sessions.count + Self.size - 1) / Self.size
    // A few pieces at a time, so that what is kept does not grow with the requests.
    let round = 4 * workers.count
    for start in stride(from: 0, to: pieces, by: round) {
      let judged = workers.map(min(round, pieces - start)) { place in
        let first = (start + place) * Self.size
        return compare(
          methods, Array(sessions[first..<min(sessions.count, first + Self.size)]), first: first)
      }
      for comparison in judged.flatMap(\.self) {
        accumulators[comparison.method].add(
          probe: comparison.probe, user: comparison.user, predicted: comparison.predicted,
          judged: comparison.judged, truth: comparison.truth)
      }
    }
    return accumulators
  }

  private struct Comparison: Sendable {
    let method: Int
    let probe: Int
    let user: UInt64
    let predicted: EvaluatedLists
    let judged: EvaluatedLists?
    let truth: EvaluatedLists?
  }

  private func compare(
    _ methods: [(method: any ListMethod, probes: [Int]?)], _ sessions: [Session], first: Int
  ) -> [Comparison] {
    let encoded = sessions.map { referees.schema.encode($0) }
    let batch = RequestBatch(encoded.map(\.request))
    let logged = sessions.map(\.shown)
    let requests = MethodRequests(
      batch: batch, lengths: logged.map(\.count), logged: logged, firstRequest: first)
    var views = ListViews(requests: sessions.count)
    let loggedPlaces = logged.enumerated().map { views.place(of: $1, request: $0) }
    var written: [(method: Int, probe: Int, places: [Int])] = []
    for (m, entry) in methods.enumerated() {
      for probe in entry.probes ?? Array(probes.weights.indices) {
        let lists = entry.method.lists(for: requests, weights: probes.weights[probe])
        let places = lists.enumerated().map { views.place(of: $1, request: $0) }
        written.append((m, probe, places))
      }
    }
    let seen = views.utilities(referees, batch, sessions)
    return written.flatMap { method, probe, places in
      places.enumerated().map { b, place in
        func lists(_ utilities: [[Double]]) -> EvaluatedLists {
          EvaluatedLists(generated: utilities[place], logged: utilities[loggedPlaces[b]])
        }
        return Comparison(
          method: method, probe: probe, user: encoded[b].userKey,
          predicted: lists(seen.evaluators), judged: seen.judge.map(lists),
          truth: seen.truth.map(lists))
      }
    }
  }
}

/// Distinct lists for some requests: many methods and probes write the same one, and it is looked
/// at once.
private struct ListViews {
  private var places: [[[Int]: Int]]
  private var requests: [Int] = []
  private var lists: [[Int]] = []

  init(requests: Int) {
    places = [[[Int]: Int]](repeating: [:], count: requests)
  }

  mutating func place(of list: [Int], request: Int) -> Int {
    if let known = places[request][list] { return known }
    places[request][list] = lists.count
    requests.append(request)
    lists.append(list)
    return lists.count - 1
  }

  /// Raw utilities of all lists by viewpoint, `[list][k]`.
  func utilities(
    _ referees: ListReferees, _ batch: RequestBatch, _ sessions: [Session]
  ) -> (evaluators: [[Double]], judge: [[Double]]?, truth: [[Double]]?) {
    let all = ListBatch(requests: requests, lists: lists)
    func exact(_ utilities: [[Float]]) -> [[Double]] { utilities.map { $0.map(Double.init) } }
    let truths = sessions.enumerated().compactMap { b, session in
      referees.truth(about: session.request, columns: batch.columns[b])
    }
    return (
      exact(referees.utilities(referees.evaluators, batch, all)),
      referees.judge.map { exact(referees.utilities($0, batch, all)) },
      truths.isEmpty
        ? nil : exact(zip(requests, lists).map { truths[$0].utilities(of: $1) })
    )
  }
}
