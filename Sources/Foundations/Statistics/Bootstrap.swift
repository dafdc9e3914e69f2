/// Draws `samples` times as many clusters as there are, with replacement, and hands `body` how
/// often each was drawn (the numbers sum to `clusters`).
///
/// The cluster bootstrap (Field and Welsh, "Bootstrapping clustered data", JRSS B 2007): requests
/// of one user resemble each other, so whole users are drawn; drawing requests would make the
/// intervals too narrow. One draw may serve many statistics, which keeps them paired.
@inlinable
package func forEachBootstrapDraw(
  clusters: Int, samples: Int, using generator: inout some RandomNumberGenerator,
  _ body: (_ multiplicities: [Int]) -> Void
) {
  precondition(clusters > 0, "there is nothing to draw from \(clusters) clusters")
  var multiplicities = [Int](repeating: 0, count: clusters)
  for _ in 0..<samples {
    for i in multiplicities.indices { multiplicities[i] = 0 }
    for _ in 0..<clusters {
      // High word of the product: uniform up to 2^-64 * clusters, without a division.
      let place = generator.next().multipliedFullWidth(by: UInt64(clusters)).high
      multiplicities[Int(place)] += 1
    }
    body(multiplicities)
  }
}

/// Percentile bootstrap interval of the mean over all observations, drawing whole clusters.
///
/// - Parameters:
///   - sums: per cluster, the sum of its observations.
///   - counts: per cluster, how many observations it has.
/// - Returns: nil for fewer than two clusters, where the spread between clusters is unknown.
package func bootstrapInterval(
  ofMeanPerCluster sums: [Double], counts: [Int], level: Double = 0.95, samples: Int = 1000,
  using generator: inout some RandomNumberGenerator
) -> Interval? {
  precondition(sums.count == counts.count, "\(sums.count) sums for \(counts.count) counts")
  guard sums.count > 1 else { return nil }
  var means: [Double] = []
  means.reserveCapacity(samples)
  forEachBootstrapDraw(clusters: sums.count, samples: samples, using: &generator) { times in
    var sum = 0.0
    var count = 0
    for i in times.indices {
      sum += Double(times[i]) * sums[i]
      count += times[i] * counts[i]
    }
    if count > 0 { means.append(sum / Double(count)) }
  }
  return percentileInterval(of: means, level: level)
}
