/// What counts as a list of its own in a beam.
package enum BeamKeep: Sendable {
  /// Every order of items.
  case lists
  /// Of the lists with the same items only the best order: a beam of different choices instead of
  /// one choice in many orders.
  case sets
}

/// The best lists that a beam of `width` partial lists leads to, best first, at most `width`.
///
/// Every partial list of the beam is continued with every item it lacks; the best `width`
/// continuations are kept. Ties go to the lexicographically smaller list. With a width of all lists
/// it is exhaustive.
/// - Parameters:
///   - pool: the candidates that may be placed; nil for all of `0..<candidates`.
///   - chunk: lists per call of the scorer.
///   - score: one number per list; gets partial lists, those of one call equally long. NaN counts
///     as -infinity.
package func beamSearch(
  candidates: Int, length: Int, width: Int, pool: [Int]? = nil, keep: BeamKeep = .lists,
  chunk: Int = 4096, score: ([[Int]]) -> [Double]
) -> [ScoredList] {
  precondition(width > 0, "a beam of width \(width) holds no list")
  let pool = searchPool(pool, candidates: candidates, length: length)
  var batch = ScoringBatch(capacity: chunk)
  var beam = [ScoredList(items: [], score: 0)]
  for _ in 0..<length {
    // In lexicographic order the place of a continuation is its rank among equal scores.
    beam.sort { $0.items.lexicographicallyPrecedes($1.items) }
    var continuations = Continuations(of: beam, pool: pool, candidates: candidates)
    continuations.score(&batch, by: score)
    beam = continuations.best(width, keep: keep)
  }
  return beam
}

/// Builds a list item by item, always with the item that makes the best partial list: a beam of
/// width 1. Ties go to the smallest index.
package func greedyList(
  candidates: Int, length: Int, pool: [Int]? = nil, score: ([[Int]]) -> [Double]
) -> ScoredList {
  beamSearch(candidates: candidates, length: length, width: 1, pool: pool, score: score)[0]
}
