package import EvaluationReport
import Objectives
import RandomStreams

/// Weights that no probe and, since they are drawn from a stream of their own, no training step has
/// used, and what is lost between them.
package struct FidelityMeasurement {
  static let bins = 6

  /// Uniform over the simplex: `[J][k]`.
  package let weights: [[Float]]

  package init(objectives: Int, weights count: Int, seed: UInt64) {
    weights = (0..<count).map { j in
      var stream = RandomStream(seed: seed, "evaluation.fidelity", step: UInt64(j))
      let alpha = [Double](repeating: 1, count: objectives)
      return stream.dirichlet(alpha).map { Float($0) }
    }
  }

  /// - Parameter scaledUtilities: mean utilities of the lists made for each of the weights, in units
  ///   of the scales: `[J][k]`. The mean reward under any w follows from them.
  /// - Returns: nil for fewer than two weights.
  package func curve(_ scaledUtilities: [[Double]]) -> FidelityCurve? {
    guard weights.count > 1 else { return nil }
    var pairs: [(distance: Double, loss: Double)] = []
    for (j, w) in weights.enumerated() {
      func reward(_ utilities: [Double]) -> Double {
        zip(w, utilities).reduce(0) { $0 + Double($1.0) * $1.1 }
      }
      let own = reward(scaledUtilities[j])
      for (i, other) in weights.enumerated() where i != j {
        let distance = zip(w, other).reduce(0) { $0 + Double(abs($1.0 - $1.1)) } / 2
        pairs.append((distance, own - reward(scaledUtilities[i])))
      }
    }
    pairs.sort { $0.distance < $1.distance }
    let points = (0..<Self.bins).compactMap { bin -> FidelityCurve.Point? in
      let part = pairs[bin * pairs.count / Self.bins..<(bin + 1) * pairs.count / Self.bins]
      guard !part.isEmpty else { return nil }
      let count = Double(part.count)
      return FidelityCurve.Point(
        distance: part.reduce(0) { $0 + $1.distance } / count,
        loss: part.reduce(0) { $0 + $1.loss } / count, pairs: part.count)
    }
    return FidelityCurve(
      weights: weights.count,
      ownIsBest: Double(pairs.count { $0.loss >= -1e-9 }) / Double(pairs.count), points: points)
  }
}
