/// An isotonic calibration: blocks of pool adjacent violators, drawn towards Platt's line where data
/// are thin, and joined by straight lines.
///
/// 1. Rates of the scores are pooled into blocks that rise.
/// 2. The rate of a block becomes `(positives + prior * platt) / (rows + prior)`, where `platt` is
///    the mean of Platt's line over the block: a block of few rows hardly departs from the line. This
///    is what Bayes-SIR does with a prior per bucket.
/// 3. What the prior has put out of order is pooled again.
/// 4. Each block is a knot at its mean score; between knots the map is straight in log-odds, beyond
///    the ends it goes on with Platt's slope. So it rises strictly, although blocks are flat.
///
/// - Parameters:
///   - counts: sorted by score.
///   - prior: rows that Platt's line counts in each block; 0 for none.
package func isotonicFit(_ counts: [ScoreCount], prior: Double) -> MonotoneMap {
  precondition(prior >= 0, "a prior counts rows from 0, got \(prior)")
  guard counts.rows > 0 else { return .identity }
  let line = plattFit(counts)
  let pooled = pooledAdjacentViolators(
    counts.map { $0.positives / $0.count }, weights: counts.map(\.count)
  ).map { IsotonicBlock(counts[$0.range], line: line) }
  let smoothed = pooledAdjacentViolators(
    pooled.map { $0.rate(prior: prior) }, weights: pooled.map { $0.rows + prior })
  var knots: [MonotoneMap.Knot] = []
  for block in smoothed {
    let parts = pooled[block.range]
    let rows = parts.reduce(0) { $0 + $1.rows }
    let x = parts.reduce(0) { $0 + $1.rows * $1.x } / rows
    let y = LogOdds.of(block.value)
    // Rates beyond the least chance may share a log-odds.
    if let last = knots.last, !(x > last.x && y > last.y) { continue }
    knots.append(MonotoneMap.Knot(x: x, y: y))
  }
  return MonotoneMap(knots: knots, slope: line.slope)
}

private struct IsotonicBlock {
  let rows: Double
  let positives: Double
  /// Mean score.
  let x: Double
  /// Mean chance of Platt's line.
  let expected: Double

  init(_ counts: ArraySlice<ScoreCount>, line: LogOddsLine) {
    rows = counts.reduce(0) { $0 + $1.count }
    positives = counts.reduce(0) { $0 + $1.positives }
    x = counts.reduce(0) { $0 + $1.count * $1.x } / rows
    expected = counts.reduce(0) { $0 + $1.count * LogOdds.chance(line($1.x)) } / rows
  }

  func rate(prior: Double) -> Double { (positives + prior * expected) / (rows + prior) }
}
