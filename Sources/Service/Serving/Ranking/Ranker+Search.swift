import ListRules
import ListSearch

/// Lists that are made better before they are served.
extension Ranker {
  /// What a local search makes of a list; every list on the way keeps the request's guarantees, or
  /// breaks no more of them than the start does.
  ///
  /// - Parameters:
  ///   - budget: lists that may be tried.
  ///   - rewards: one per list; nil when the time for them is over.
  func searched(
    from start: [Int], _ request: RankRequest, budget: Int, rewards: ([[Int]]) -> [Double]?
  ) -> [Int] {
    let bans = request.plan.bans
    let pool = request.items.indices.filter { !bans.contains($0) }
    let allowed = violations(of: start, request)
    var isOver = false
    var search = LocalSearch.climb(budget: budget)
    search.chunk = Ranker.evaluatedAtOnce(length: start.count, atMost: search.chunk)
    return search.best(
      candidates: request.items.count, length: start.count, pool: pool, starts: [start],
      seed: request.plan.seed, isOver: { isOver },
      score: { lists in
        let held = lists.map { violations(of: $0, request) <= allowed }
        let asked = isOver ? [] : zip(lists, held).filter(\.1).map(\.0)
        guard !asked.isEmpty, let known = rewards(asked) else {
          if !asked.isEmpty { isOver = true }
          return lists.map { _ in -.infinity }
        }
        var next = known.makeIterator()
        return held.map { $0 ? next.next() ?? -.infinity : -.infinity }
      }
    ).best.items
  }

  /// Guarantees of the request that a list breaks.
  private func violations(of list: [Int], _ request: RankRequest) -> Int {
    let plan = request.plan
    if let placement = plan.placement { return placement.violations(of: list).count }
    return plan.pins.count { $0.key >= list.count || list[$0.key] != $0.value }
      + plan.required.count { !list.contains($0) }
  }
}
