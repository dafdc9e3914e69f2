import Foundation

/// Population stability index of a histogram against an earlier one:
/// `sum_b (a_b - e_b) ln(a_b / e_b)` over the shares of the bins; 0 for equal shares, never below.
///
/// By custom above .1 is a shift to look at and above .2 one to act on. Half a row is added to every
/// bin, so that an empty one gives a large number and no infinity. Two samples of one law give about
/// `(bins - 1) (1/n + 1/m)`, which is .2 for 10 bins and 50 rows: few rows prove nothing. Nil where
/// one of the two has no rows.
///
/// - Parameters:
///   - counts: rows per bin, `[bins]`.
///   - earlier: rows per bin of the same edges, `[bins]`.
package func populationStability(_ counts: [Double], against earlier: [Double]) -> Double? {
  precondition(
    counts.count == earlier.count, "\(counts.count) bins against \(earlier.count) bins")
  let half = 0.5
  let rows = counts.reduce(0, +)
  let rowsEarlier = earlier.reduce(0, +)
  guard rows > 0, rowsEarlier > 0 else { return nil }
  let bins = Double(counts.count)
  return zip(counts, earlier).reduce(0) { sum, pair in
    let a = (pair.0 + half) / (rows + half * bins)
    let e = (pair.1 + half) / (rowsEarlier + half * bins)
    return sum + (a - e) * log(a / e)
  }
}
