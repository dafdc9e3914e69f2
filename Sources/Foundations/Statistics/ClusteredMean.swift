/// The mean of values that come in clusters, and how sure it is: all values of one cluster (a user)
/// count as one observation of its error.
///
/// The error is that of the ratio estimator, linearised (Cochran, "Sampling techniques", 1977, 9A):
/// the root of the summed squares of each cluster's deviations, over the number of values.
package struct ClusteredMean: Sendable, Equatable {
  /// 0 without values.
  package let mean: Double
  package let standardError: Double
  package let count: Int
  package let clusters: Int

  /// - Parameter clusters: whose each value is.
  package init(_ values: [Double], clusters: [UInt64]) {
    precondition(
      values.count == clusters.count, "\(values.count) values of \(clusters.count) clusters")
    let count = Double(max(1, values.count))
    let mean = values.reduce(0, +) / count
    var deviations: [UInt64: Double] = [:]
    for (value, cluster) in zip(values, clusters) {
      deviations[cluster, default: 0] += value - mean
    }
    // Summed in the order of the clusters: a dictionary's order differs from run to run.
    let squares = deviations.sorted { $0.key < $1.key }.reduce(0) { $0 + $1.value * $1.value }
    self.mean = mean
    standardError = squares.squareRoot() / count
    self.count = values.count
    self.clusters = deviations.count
  }

  /// 95 % interval by the normal approximation; nil for fewer than two clusters, whose spread is
  /// unknown.
  package var interval: Interval? {
    guard clusters > 1 else { return nil }
    let n = Double(clusters)
    let reach = 1.96 * standardError * (n / (n - 1)).squareRoot()
    return Interval(low: mean - reach, high: mean + reach)
  }
}
