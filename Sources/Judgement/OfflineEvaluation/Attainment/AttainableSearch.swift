import EvaluatorModel
import Features
package import ListSearch
package import Objectives
package import Sessions
package import Tensors

/// The best list there is for a request and weights: by exhaustion where all lists can be counted,
/// else by local search with restarts.
package struct AttainableSearch: Sendable {
  /// Held-out requests that are searched.
  package var requests: Int
  /// Requests with more lists than this are searched locally.
  package var exhaustiveLimit: Int
  package var local: LocalSearch
  package var seed: UInt64

  package init(
    requests: Int = 32, exhaustiveLimit: Int = 1_000_000, budget: Int = 6000, seed: UInt64 = 1
  ) {
    self.requests = requests
    self.exhaustiveLimit = exhaustiveLimit
    self.seed = seed
    local = LocalSearch(budget: budget, chunk: 64, randomStarts: 1, kicks: 64, kickSteps: 3)
  }

  /// Whether every list of the request is scored.
  package func isExhaustive(candidates: Int, length: Int) -> Bool {
    ExhaustiveSearch.count(candidates: candidates, length: length)
      .map { $0 <= exhaustiveLimit } ?? false
  }

  /// The best list that local search finds.
  ///
  /// - Parameter starts: lists known so far; the result is never below theirs.
  func best(
    candidates: Int, length: Int, starts: [[Int]], request: UInt64,
    score: ([[Int]]) -> [Double]
  ) -> ScoredList {
    local.best(
      candidates: candidates, length: length, starts: starts, seed: seed, request: request,
      score: score
    ).best
  }

  /// Best lists under each of `weights` of all lists, each list looked at once.
  package func exhausted(
    candidates: Int, length: Int, weights: [[Float]], objectives: ObjectiveSet,
    utilities: ([[Int]]) -> [[Float]]
  ) -> [ScoredList] {
    var best = weights.map { _ in ScoredList(items: [], score: -.infinity) }
    do {
      _ = try ExhaustiveSearch(limit: exhaustiveLimit).best(
        candidates: candidates, length: length
      ) { lists in
        for (list, values) in zip(lists, utilities(lists)) {
          for (p, w) in weights.enumerated() {
            let score = Double(objectives.reward(values, weights: w))
            if score > best[p].score { best[p] = ScoredList(items: list, score: score) }
          }
        }
        return lists.map { _ in 0 }
      }
    } catch {
      preconditionFailure("counted and yet refused: \(error)")
    }
    return best
  }
}

/// Best rewards per request and probe, `[request][probe]`.
package struct AttainableRewards: Sendable {
  package var best: [[Double]] { lists.map { $0.map(\.score) } }
  /// The lists that have them.
  package var lists: [[ScoredList]]
  /// Every list was scored.
  package var isExhaustive: Bool

  /// By a scorer of utilities.
  ///
  /// Neighbouring weightings have similar best lists, so each search starts from the best lists of
  /// the probes before.
  ///
  /// - Parameters:
  ///   - starts: lists known to be good, `[request][probe]`; the result is never below them.
  ///   - utilities: raw utilities of lists of request b: `[list][k]`.
  static func search(
    _ search: AttainableSearch, requests: [(candidates: Int, logged: [Int])],
    starts known: [[[Int]]]?, probes: [[Float]], objectives: ObjectiveSet, workers: Workers,
    utilities: @Sendable (Int, [[Int]]) -> [[Float]]
  ) -> AttainableRewards {
    let best = workers.map(requests.count) { b -> [ScoredList] in
      let (candidates, length) = (requests[b].candidates, requests[b].logged.count)
      if search.isExhaustive(candidates: candidates, length: length) {
        return search.exhausted(
          candidates: candidates, length: length, weights: probes, objectives: objectives
        ) { utilities(b, $0) }
      }
      var starts = [requests[b].logged]
      return probes.enumerated().map { p, w in
        let found = search.best(
          candidates: candidates, length: length,
          starts: starts + (known.map { [$0[b][p]] } ?? []),
          request: UInt64(b)
        ) { lists in
          utilities(b, lists).map { Double(objectives.reward($0, weights: w)) }
        }
        if starts.count < 12, !starts.contains(found.items) { starts.append(found.items) }
        return found
      }
    }
    return AttainableRewards(
      lists: best,
      isExhaustive: requests.allSatisfy {
        search.isExhaustive(candidates: $0.candidates, length: $0.logged.count)
      })
  }
}

extension ListReferees {
  /// Best true rewards; nil without a world.
  package func attainableByTruth(
    _ sessions: [Session], starts: [[[Int]]]? = nil, probes: [[Float]], search: AttainableSearch,
    workers: Workers
  ) -> AttainableRewards? {
    guard world != nil else { return nil }
    let sessions = Array(sessions.prefix(search.requests))
    let truths = sessions.compactMap { session in
      truth(about: session.request, columns: schema.encode(session).request.columns)
    }
    return .search(
      search, requests: sessions.map { ($0.request.candidates.count, $0.shown) },
      starts: starts, probes: probes, objectives: objectives,
      workers: workers
    ) { b, lists in lists.map { truths[b].utilities(of: $0) } }
  }

  /// Best rewards in the eyes of the training evaluators.
  package func attainableByEvaluators(
    _ sessions: [Session], starts: [[[Int]]]? = nil, probes: [[Float]], search: AttainableSearch,
    workers: Workers
  ) -> AttainableRewards {
    let sessions = Array(sessions.prefix(search.requests))
    let batches = sessions.map { RequestBatch([schema.encode($0).request]) }
    return .search(
      search, requests: sessions.map { ($0.request.candidates.count, $0.shown) },
      starts: starts, probes: probes, objectives: objectives,
      workers: workers
    ) { b, lists in
      utilities(
        evaluators, batches[b], ListBatch(requests: lists.map { _ in 0 }, lists: lists))
    }
  }
}
