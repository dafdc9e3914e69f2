import Foundation

/// The NDCG that a random order of the items has on average: `mean(g) * sum_{r <= k} 1/log2(1 + r)`
/// over the DCG of the ideal order.
///
/// - Parameters:
///   - gains: of all items, each at least 0.
///   - k: the number of items by default.
/// - Returns: nil where `ndcg` is.
package func expectedNDCG(_ gains: [Double], at k: Int? = nil) -> Double? {
  guard gains.allSatisfy({ $0 >= 0 && $0.isFinite }), !gains.isEmpty else { return nil }
  let ideal = discountedCumulativeGain(gains.sorted(by: >), at: k)
  guard ideal > 0 else { return nil }
  let mean = gains.reduce(0, +) / Double(gains.count)
  return mean * discountedCumulativeGain(gains.map { _ in 1 }, at: k) / ideal
}

/// The average precision that a random order of the items has on average.
///
/// The item of rank r is relevant with chance R/n, and of the r - 1 items above it then
/// `(r - 1)(R - 1)/(n - 1)` are on average, so the expectation is
/// `R/n * sum_{r <= k} (1 + (r - 1)(R - 1)/(n - 1)) / r / min(R, k)`.
///
/// - Parameters:
///   - relevance: of all items; relevant above 0.5.
///   - k: the number of items by default.
/// - Returns: nil when nothing is relevant.
package func expectedAveragePrecision(_ relevance: [Double], at k: Int? = nil) -> Double? {
  let count = Double(relevance.count)
  let relevant = Double(relevance.count { $0 > 0.5 })
  guard relevant > 0 else { return nil }
  let depth = k ?? relevance.count
  precondition(depth > 0, "a ranking is cut off at a depth of at least 1, got \(depth)")
  let others = count > 1 ? (relevant - 1) / (count - 1) : 0
  let sum = (1...min(depth, relevance.count)).reduce(0.0) { sum, rank in
    sum + (1 + Double(rank - 1) * others) / Double(rank)
  }
  return relevant / count * sum / min(relevant, Double(depth))
}
