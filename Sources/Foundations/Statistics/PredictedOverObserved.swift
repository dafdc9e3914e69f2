import Foundation

/// PCOC: the sum of predicted chances over that of observed labels, with its interval. 1 is ideal,
/// 2 predicts twice what happens.
///
/// Rows come in clusters, users as a rule. The interval is that of the logarithm, so that it never
/// reaches below 0 and treats twice and half alike: `ln R +- z s / sum p` with
/// `s^2 = C / (C - 1) sum_c (p_c - R y_c)^2`, to first order as for `ClusterRatio`.
package struct PredictedOverObserved: Sendable, Equatable {
  /// Per cluster.
  private var predicted: [UInt64: Double] = [:]
  private var observed: [UInt64: Double] = [:]
  package private(set) var rows = 0

  package init() {}

  package mutating func add(predicted chance: Double, observed label: Double, cluster: UInt64) {
    rows += 1
    predicted[cluster, default: 0] += chance
    observed[cluster, default: 0] += label
  }

  package var predictedSum: Double { Self.sum(predicted) }
  package var observedSum: Double { Self.sum(observed) }

  /// Nil where nothing was observed.
  package var value: Double? {
    let mass = observedSum
    return mass > 0 ? predictedSum / mass : nil
  }

  /// Nil where nothing was observed, or of fewer than two clusters.
  package func interval(level: Double = 0.95) -> Interval? {
    guard let value, predicted.count > 1, predictedSum > 0 else { return nil }
    let squares = predicted.keys.sorted().reduce(0.0) { sum, cluster in
      let residual = (predicted[cluster] ?? 0) - value * (observed[cluster] ?? 0)
      return sum + residual * residual
    }
    let count = Double(predicted.count)
    let reach =
      normalReach(level: level) * (squares * count / (count - 1)).squareRoot() / predictedSum
    return Interval(low: value * exp(-reach), high: value * exp(reach))
  }

  /// In the order of the clusters, so that equal rows give equal bytes.
  private static func sum(_ values: [UInt64: Double]) -> Double {
    values.sorted { $0.key < $1.key }.reduce(0) { $0 + $1.value }
  }
}
