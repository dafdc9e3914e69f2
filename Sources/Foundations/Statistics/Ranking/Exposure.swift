/// How much each item of a catalogue was shown over many lists: `[catalogue]`.
///
/// - Parameters:
///   - lists: items as numbers in 0..<catalogue.
///   - slotWeight: what a slot (from 0) is worth; 1 by default, so that exposure counts showings.
package func exposure(
  of lists: [[Int]], catalogue: Int, slotWeight: (Int) -> Double = { _ in 1 }
) -> [Double] {
  precondition(catalogue >= 0, "a catalogue has at least 0 items, got \(catalogue)")
  var sums = [Double](repeating: 0, count: catalogue)
  for list in lists {
    for (slot, item) in list.enumerated() {
      precondition(
        sums.indices.contains(item), "item \(item) is not in the catalogue of \(catalogue)")
      sums[item] += slotWeight(slot)
    }
  }
  return sums
}

/// Share of the catalogue that was shown at all, in 0...1; nil for an empty catalogue or a NaN.
///
/// - Parameter exposures: one per item of the catalogue, 0 for those never shown.
package func catalogueCoverage(_ exposures: [Double], mask: [Bool]? = nil) -> Double? {
  let kept = counted(exposures.count, mask: mask).map { exposures[$0] }
  guard !kept.isEmpty, !kept.contains(where: \.isNaN) else { return nil }
  return Double(kept.count { $0 > 0 }) / Double(kept.count)
}

/// Gini coefficient of non-negative amounts, here of exposures: 0 when all are equal.
///
/// `sum_i (2 i - n - 1) x_(i) / (n sum x)` over the amounts in ascending order, i from 1: half the
/// relative mean difference. At most (n - 1) / n, reached when one item has everything; not
/// stretched to 1. Items that were never shown belong in, as zeros. Nil when all are 0, there are
/// none, or one is negative or not finite.
package func giniCoefficient(_ amounts: [Double], mask: [Bool]? = nil) -> Double? {
  let sorted = counted(amounts.count, mask: mask).map { amounts[$0] }.sorted()
  guard sorted.allSatisfy({ $0 >= 0 && $0.isFinite }) else { return nil }
  let total = sorted.reduce(0, +)
  guard total > 0 else { return nil }
  let n = Double(sorted.count)
  var sum = 0.0
  for (i, amount) in sorted.enumerated() { sum += (2 * Double(i + 1) - n - 1) * amount }
  return max(sum / (n * total), 0)
}
