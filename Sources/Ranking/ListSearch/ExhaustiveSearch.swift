/// Scores every list there is: the attainable best, where the lists can be counted.
package struct ExhaustiveSearch: Sendable {
  package struct Result: Sendable, Equatable {
    /// The highest score; of equal ones the lexicographically smallest list.
    package let best: ScoredList
    /// Lists scored: all of them, each once.
    package let scored: Int
  }

  /// Searches of more lists are refused.
  package var limit: Int
  /// Lists per call of the scorer.
  package var chunk: Int

  package init(limit: Int = 1_000_000, chunk: Int = 4096) {
    self.limit = limit
    self.chunk = chunk
  }

  /// `m! / (m - n)!`: 1 for the empty list, 0 for n > m, nil past the largest Int.
  package static func count(candidates: Int, length: Int) -> Int? {
    precondition(candidates >= 0 && length >= 0, "no lists of \(length) from \(candidates)")
    guard length <= candidates else { return 0 }
    var product = 1
    for factor in (candidates - length)..<candidates {
      let (next, overflow) = product.multipliedReportingOverflow(by: factor + 1)
      if overflow { return nil }
      product = next
    }
    return product
  }

  /// The best list of `length` from `0..<candidates`, or from `pool`, a part of them.
  ///
  /// `score` gets at most `chunk` lists at a time, in lexicographic order, and returns a number for
  /// each. NaN counts as -infinity.
  package func best(
    candidates: Int, length: Int, pool: [Int]? = nil, score: ([[Int]]) -> [Double]
  ) throws(ExhaustiveSearchError) -> Result {
    let pool = searchPool(pool, candidates: candidates, length: length)
    let count = Self.count(candidates: pool.count, length: length)
    guard let count, count <= limit else {
      throw ExhaustiveSearchError(
        candidates: pool.count, length: length, count: count, limit: limit)
    }
    var lists = OrderedLists(pool: pool, length: length)
    var batch = ScoringBatch(capacity: chunk)
    var best = ScoredList(items: lists.current, score: -.infinity)
    var more = true
    while more {
      batch.add(lists.current)
      more = lists.advance()
      guard batch.isFull || !more else { continue }
      let scores = batch.scores(by: score)
      // Lists come in ascending order, so the first of equal ones is the smallest.
      for (row, value) in scores.enumerated() where value > best.score {
        best = ScoredList(items: batch[row], score: value)
      }
      batch.clear()
    }
    return Result(best: best, scored: count)
  }
}
