/// What is added to the log-odds of all rows with one value of a field, after the map of all:
/// `N / (N + N_0) * gap`, where the gap is that of the log-odds of what was observed and of what was
/// expected.
///
/// The observed rate is `(positives + p) / (N + 1)` with p the mean expected chance: one more row
/// that went as expected, so that no gap is infinite, and one of exactly what was expected is 0.
///
/// - Parameters:
///   - rows: N, with that value.
///   - positives: of them.
///   - expected: sum of the chances that the map of all gives them.
///   - halfway: N_0, the rows at which half of the gap is believed.
package func fieldShift(
  rows: Double, positives: Double, expected: Double, halfway: Double
) -> Double {
  guard rows > 0 else { return 0 }
  let p = expected / rows
  let gap = LogOdds.of((positives + p) / (rows + 1)) - LogOdds.of(p)
  return rows / (rows + halfway) * gap
}
