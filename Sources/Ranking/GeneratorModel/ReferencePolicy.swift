import Autodiff
package import EvaluatorModel
package import Features
package import Objectives
import Tensors

/// The policy that a generator starts from and is held near: single items by what the frozen
/// evaluators' pointwise terms expect of them under w, drawn without replacement by softmax
/// (Plackett 1975, Luce 1959).
///
/// Where the generator has learned nothing its lists are those sorted by a pointwise model. Rule
/// objectives have no part in it: what they want is exact, so the generator learns it safely.
package struct ReferencePolicy: Sendable {
  /// How many logits one standard deviation of a request's candidates is worth.
  static let sharpness: Float = 3

  private let evaluators: [Evaluator]
  /// Head of each predicted objective, with the objective's place and scale.
  private let terms: [(objective: Int, head: Int, scale: Float)]

  /// nil where evaluators have no pointwise terms, or no objective is predicted.
  package init?(_ ensemble: EvaluatorEnsemble, objectives: ObjectiveSet) {
    guard ensemble.members.allSatisfy(\.configuration.pointwise) else { return nil }
    evaluators = ensemble.members
    terms = objectives.objectives.enumerated().compactMap { place, objective in
      guard case .predicted(let kind, _) = objective.definition,
        let head = ensemble.heads.firstIndex(where: { $0.feedback == kind })
      else { return nil }
      return (place, head, objective.scale)
    }
    if terms.isEmpty { return nil }
  }

  /// Logits of all candidates, `[R]`: standardised within each request, and the weaker the less of w
  /// lies on predicted objectives.
  package func logits(_ batch: RequestBatch, weights: [[Float]]) -> [Float] {
    let values = expected(batch)
    var logits = [Float](repeating: 0, count: batch.item.rows)
    for b in 0..<batch.requestCount {
      let rows = batch.offsets[b]..<batch.offsets[b + 1]
      var share: Float = 0
      for term in terms {
        let weight = weights[b][term.objective]
        share += weight
        for row in rows { logits[row] += weight / term.scale * values[term.head][row] }
      }
      let mean = rows.reduce(0) { $0 + logits[$1] } / Float(max(1, rows.count))
      let squares = rows.reduce(0) { $0 + (logits[$1] - mean) * (logits[$1] - mean) }
      let deviation = (squares / Float(max(1, rows.count))).squareRoot()
      let factor = deviation > 1e-12 ? Self.sharpness * share / deviation : 0
      for row in rows { logits[row] = (logits[row] - mean) * factor }
    }
    return logits
  }

  /// Mean over the evaluators of what each candidate earns by itself at the top: `[head][R]`.
  private func expected(_ batch: RequestBatch) -> [[Float]] {
    var sums: [[Float]] = []
    for evaluator in evaluators {
      let values = evaluator.singleValues(batch)
      sums =
        sums.isEmpty
        ? values : zip(sums, values).map { a, b in zip(a, b).map { $0 + $1 } }
    }
    return sums.map { row in row.map { $0 / Float(evaluators.count) } }
  }
}
