/// What the importance weights of an estimate look like: how far the log is from the target policy.
///
/// An estimator with a weight per slot has a column of weights per slot, and each figure is that of
/// the worst column.
package struct WeightSummary: Codable, Sendable, Equatable {
  /// Kish's effective sample size `(sum w)^2 / sum w^2`, before clipping. A column of which shorter
  /// lists have no part is scaled up to all lists, so that it is not blamed for being rare.
  package let effectiveSlates: Double
  /// The largest weight, before clipping.
  package let maximum: Double
  /// The mean weight that is furthest from 1 in its standard errors, before clipping. It must be 1
  /// within its error, or the propensities are wrong or support is missing.
  package let mean: Double
  /// Over clusters; nil for fewer than two.
  package let meanStandardError: Double?
  /// Share of weights that are 0: logged items that the target policy never shows.
  package let zeroShare: Double
  /// Share of weights above the maximum allowed; 0 without clipping.
  package let clippedShare: Double
  /// Share of the sum of weights that clipping took away.
  package let removedMass: Double
}

extension WeightSummary {
  /// - Parameters:
  ///   - weights: `[slates][columns]`, unclipped; a slate has as many columns as it needs.
  ///   - clusters: per slate, its cluster's number from 0.
  init(weights: [[Double]], clusters: [Int], clusterCount: Int, maximumWeight: Double?) {
    var columns: [Column] = []
    let limit = maximumWeight ?? .infinity
    var (count, zeros, clipped) = (0.0, 0.0, 0.0)
    var (mass, removed) = (0.0, 0.0)
    for (row, cluster) in zip(weights, clusters) {
      for (column, weight) in row.enumerated() {
        if column == columns.count { columns.append(Column(clusters: clusterCount)) }
        columns[column].add(weight, cluster: cluster)
        count += 1
        mass += weight
        if weight == 0 { zeros += 1 }
        if weight > limit { (clipped, removed) = (clipped + 1, removed + weight - limit) }
      }
    }
    let worst = columns.max { $0.deviation < $1.deviation }
    effectiveSlates = Double(weights.count) * (columns.map(\.effectiveShare).min() ?? 1)
    maximum = columns.map(\.largest).max() ?? 1
    mean = worst?.mean.value ?? 1
    meanStandardError = worst?.mean.standardError
    zeroShare = count > 0 ? zeros / count : 0
    clippedShare = count > 0 ? clipped / count : 0
    removedMass = mass > 0 ? removed / mass : 0
  }

  /// The weights of one slot, or of whole lists.
  private struct Column {
    var mean: ClusterRatio
    private(set) var largest = 0.0
    private var count = 0.0
    private var sum = 0.0
    private var squares = 0.0

    init(clusters: Int) {
      mean = ClusterRatio(clusters: clusters)
    }

    mutating func add(_ weight: Double, cluster: Int) {
      mean.add(weight, per: 1, cluster: cluster)
      largest = max(largest, weight)
      count += 1
      sum += weight
      squares += weight * weight
    }

    /// Of the lists that have the column, in 0...1.
    var effectiveShare: Double { squares > 0 ? sum * sum / squares / count : 0 }

    /// Standard errors between the mean and 1.
    var deviation: Double {
      guard let value = mean.value else { return 0 }
      let distance = abs(value - 1)
      guard distance > OffPolicyOptions.meanWeightSlack, let error = mean.standardError else {
        return 0
      }
      return distance / error
    }
  }
}
