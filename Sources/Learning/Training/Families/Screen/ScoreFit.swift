import EvaluatorModel
import Features
import Foundation
import ScreenModel

/// What a head says by the upstream scores alone: `b + sum_s a_s z_s`, fitted to feedback by Newton's method
/// (a chance: logistic regression; a number: least squares). The opponent of the screen model.
struct ScoreFit: Sendable {
  /// a, then b.
  let weights: [Double]

  private static let rounds = 30
  /// Keeps the system solvable where feedback or a score does not vary.
  private static let ridge = 1e-3

  /// - Parameters:
  ///   - rows: `[n][scores]`.
  ///   - observed: `[n]`, in units of the head.
  init(_ rows: [[Float]], _ observed: [Double], _ head: EvaluatorHead) {
    let width = (rows.first?.count ?? 0) + 1
    var weights = [Double](repeating: 0, count: width)
    for _ in 0..<Self.rounds {
      var gradient = weights.map { -Self.ridge * $0 }
      var curvature = [[Double]](
        repeating: [Double](repeating: 0, count: width), count: width)
      for i in 0..<width { curvature[i][i] = Self.ridge }
      for (row, target) in zip(rows, observed) {
        let x = row.map(Double.init) + [1]
        let raw = zip(weights, x).reduce(0) { $0 + $1.0 * $1.1 }
        let mean = head.kind == .binary ? 1 / (1 + exp(-raw)) : raw
        let slope = head.kind == .binary ? max(mean * (1 - mean), 1e-6) : 1
        for i in 0..<width {
          gradient[i] += (target - mean) * x[i]
          for j in 0..<width { curvature[i][j] += slope * x[i] * x[j] }
        }
      }
      let step = solved(curvature, gradient)
      for i in 0..<width { weights[i] += step[i] }
      if step.allSatisfy({ abs($0) < 1e-8 }) { break }
    }
    self.weights = weights
  }
}

/// The solution of `a x = b` for a positive definite a, by elimination.
private func solved(_ a: [[Double]], _ b: [Double]) -> [Double] {
  var (a, b) = (a, b)
  let n = b.count
  for k in 0..<n {
    for i in k + 1..<max(n, k + 1) {
      let factor = a[i][k] / a[k][k]
      for j in k..<n { a[i][j] -= factor * a[k][j] }
      b[i] -= factor * b[k]
    }
  }
  for k in stride(from: n - 1, through: 0, by: -1) {
    for j in k + 1..<max(n, k + 1) { b[k] -= a[k][j] * b[j] }
    b[k] /= a[k][k]
  }
  return b
}
