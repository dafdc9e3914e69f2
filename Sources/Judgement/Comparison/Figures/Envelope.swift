import Statistics

/// One specialist per probe, and what the other methods are worth beside them. Utilities are in
/// units of the scales.
package struct Envelope: Sendable {
  /// Grid weights: `[P][k]`.
  package let weights: [[Float]]
  /// Mean utilities of the specialist of each probe: `[P][k]`.
  package let specialists: [[Double]]
  /// Componentwise minimum of the specialists' and the logged lists' means.
  package let reference: [Double]

  package init(weights: [[Float]], specialists: [[Double]], logged: [Double]) {
    self.weights = weights
    self.specialists = specialists
    reference = logged.indices.map { k in
      specialists.reduce(logged[k]) { min($0, $1[k]) }
    }
  }

  /// Volume between the reference and the points.
  package func volume(_ points: [[Double]]) -> Double? { hypervolume(points, reference: reference) }

  /// Price of control of a method with mean utilities `points`, per probe: what the specialist of
  /// that w earns more, as a share of the range of rewards that all specialists' lists have under w.
  package func prices(_ points: [[Double]]) -> [Double] {
    weights.enumerated().map { p, w in
      func reward(_ utilities: [Double]) -> Double {
        zip(w, utilities).reduce(0) { $0 + Double($1.0) * $1.1 }
      }
      let rewards = specialists.map(reward)
      let range = (rewards.max() ?? 0) - (rewards.min() ?? 0)
      return range > 1e-9 ? (rewards[p] - reward(points[p])) / range : 0
    }
  }
}
