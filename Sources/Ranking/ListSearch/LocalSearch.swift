/// Climbs from several starts by replacing, swapping and moving items, then kicks the best list
/// and climbs again (iterated local search; Lourenço, Martin and Stützle, 2003).
package struct LocalSearch: Sendable {
  package struct Result: Sendable, Equatable {
    /// The best of all scored lists.
    package let best: ScoredList
    /// Lists scored, none twice.
    package let scored: Int
    /// Starts that were climbed from before the budget ended.
    package let starts: Int
    /// How many of these ended at the best score; 0 when only a kick found it.
    package let reached: Int
  }

  /// Lists that may be scored, at most.
  package var budget: Int
  /// Lists per call of the scorer.
  package var chunk: Int
  /// Seeded random lists to start from, beside the given ones.
  package var randomStarts: Int
  /// How often the best list is kicked and climbed again, after the starts.
  package var kicks: Int
  /// Random steps in a kick.
  package var kickSteps: Int
  /// Whether a climb tries other orders of the same items before other items.
  package var ordersFirst = false

  package init(
    budget: Int = 20_000, chunk: Int = 64, randomStarts: Int = 4, kicks: Int = 64,
    kickSteps: Int = 3
  ) {
    self.budget = budget
    self.chunk = chunk
    self.randomStarts = randomStarts
    self.kicks = kicks
    self.kickSteps = kickSteps
  }

  /// One climb from a list that is good already, as long as the budget lasts: what training, serving
  /// and evaluation improve lists by.
  package static func climb(budget: Int) -> LocalSearch {
    var search = LocalSearch(budget: budget, chunk: 16, randomStarts: 0, kicks: 0)
    search.ordersFirst = true
    return search
  }

  /// A good list of `length` from `0..<candidates`, or from `pool`, a part of them.
  ///
  /// Never worse than a start; with a larger budget and all else equal never worse; a function of
  /// its arguments as long as `score` is. Best starts are climbed first.
  /// - Parameters:
  ///   - starts: lists to begin with (logged, generated, greedy), of items of the pool; at most
  ///     `budget` of them.
  ///   - request: distinct requests draw distinct random starts and kicks from one seed.
  ///   - isOver: asked between calls of the scorer; once it is true the search ends with the best it
  ///     has found.
  ///   - score: one number per list, for at most `chunk` lists at a time. NaN counts as -infinity.
  package func best(
    candidates: Int, length: Int, pool: [Int]? = nil, starts: [[Int]] = [], seed: UInt64,
    request: UInt64 = 0, isOver: () -> Bool = { false }, score: ([[Int]]) -> [Double]
  ) -> Result {
    let pool = searchPool(pool, candidates: candidates, length: length)
    check(starts, pool: pool, length: length)
    var run = LocalSearchRun(
      search: self, pool: pool, length: length, seed: seed, request: request)
    let scored = run.scoredStarts(given: starts, score: score)
    var ends: [ScoredList] = []
    for start in scored where run.memory.remaining > 0 && !isOver() {
      ends.append(run.climb(from: start, isOver: isOver, score: score))
    }
    // The starts that nothing was left for count as they are.
    var best = (ends + scored).reduce(scored[0]) { $1.precedes($0) ? $1 : $0 }
    for kick in 0..<kicks where run.memory.remaining > 0 && !isOver() {
      guard let start = run.kicked(best.items, kick: kick, score: score) else { break }
      let end = run.climb(from: start, isOver: isOver, score: score)
      if end.precedes(best) { best = end }
    }
    return Result(
      best: best, scored: run.memory.scored, starts: ends.count,
      reached: ends.count { $0.score == best.score })
  }

  private func check(_ starts: [[Int]], pool: [Int], length: Int) {
    precondition(chunk > 0, "\(chunk) lists per call score nothing")
    precondition(
      randomStarts >= 0 && kicks >= 0 && kickSteps > 0,
      "cannot search with \(randomStarts) random starts and \(kicks) kicks of \(kickSteps) steps")
    precondition(starts.count + randomStarts > 0, "a local search needs a start")
    precondition(
      budget >= max(starts.count, 1),
      "a budget of \(budget) is too small for \(starts.count) starts")
    let known = Set(pool)
    for start in starts {
      precondition(
        start.count == length && Set(start).count == length && known.isSuperset(of: start),
        "start \(start) is no list of \(length) distinct items of the pool")
    }
  }
}
