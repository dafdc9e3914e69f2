import Autodiff
package import EvaluatorModel
import Features
package import Objectives
import Tensors

/// The policy that a generator starts from and is held near: place by place, what the frozen
/// evaluators without their channels expect of each candidate under w given what stands above, drawn
/// by softmax (without relations that is Plackett 1975, Luce 1959).
///
/// Where the generator has learned nothing its lists are written greedily: by a small model of the
/// log for predicted objectives, by the exact increments of rules.
package struct ReferencePolicy: Sendable {
  /// How many logits one standard deviation of a request's candidates is worth.
  private var sharpness: Float = 1

  private let evaluators: EvaluatorEnsemble
  /// Places of the heads that objectives need.
  private let heads: [Int]
  /// Of each predicted objective: its place, which of `heads` it needs, its scale.
  private let terms: [(objective: Int, head: Int, scale: Float)]
  private let kinds: [EvaluatorHead]
  private let rules: [Rule]

  struct Rule: Sendable {
    let objective: Int
    let utility: any RuleUtility
    let column: Int
    let scale: Float
  }

  /// nil where evaluators have no pointwise terms, or no objective is predicted.
  package init?(_ ensemble: EvaluatorEnsemble, objectives: ObjectiveSet) {
    guard ensemble.members.allSatisfy(\.configuration.pointwise) else { return nil }
    var heads: [Int] = []
    var terms: [(Int, Int, Float)] = []
    rules = objectives.objectives.enumerated().compactMap { place, objective in
      guard case .rule(let definition) = objective.definition else { return nil }
      let utility = definition.utility
      return objectives.columns.firstIndex(of: utility.column).map {
        Rule(objective: place, utility: utility, column: $0, scale: objective.scale)
      }
    }
    for (place, objective) in objectives.objectives.enumerated() {
      guard case .predicted(let kind, _) = objective.definition,
        let head = ensemble.heads.firstIndex(where: { $0.feedback == kind })
      else { continue }
      if !heads.contains(head) { heads.append(head) }
      terms.append((place, heads.firstIndex(of: head) ?? 0, objective.scale))
    }
    if terms.isEmpty { return nil }
    evaluators = ensemble
    kinds = heads.map { ensemble.heads[$0] }
    self.heads = heads
    self.terms = terms
  }

  /// Numbers per candidate that the attention sees of what the reference expects of it; see
  /// `Prepared.Request.write`.
  var valuesWidth: Int { 3 * terms.count + 4 }

  func sharpened(_ sharpness: Float) -> ReferencePolicy {
    var sharpened = self
    sharpened.sharpness = sharpness
    return sharpened
  }

  /// The policy for the requests of a batch, each under its w and with its list length.
  func prepared(_ batch: RequestBatch, weights: [[Float]], lengths: [Int]) -> Prepared {
    let needed = weights.contains { w in self.terms.contains { w[$0.objective] != 0 } }
    let sequential = needed ? evaluators.sequentialTerms(batch, heads: heads) : []
    return Prepared(
      requests: (0..<batch.requestCount).map { b in
        Prepared.Request(
          terms: needed ? sequential[b] : nil, candidates: batch.candidateCount(b), kinds: kinds,
          factors: self.terms.map { (head: $0.head, factor: weights[b][$0.objective] / $0.scale) },
          rules: rules.map { (rule: $0, factor: weights[b][$0.objective] / $0.scale) },
          columns: batch.columns[b], length: lengths[b], sharpness: sharpness)
      })
  }

  /// What every request needs for all its lists and places.
  struct Prepared: Sendable {
    var requests: [Request]

    /// Logits of all candidates of a request in the place after `placed`, `[M]`: in standard
    /// deviations of the first place.
    mutating func logits(request b: Int, after placed: [Int]) -> [Float] {
      requests[b].step(after: placed).logits
    }

    /// Logits of all entries in the next place of each list: `[1, entries]`, 0 for a complete list.
    ///
    /// - Parameters:
    ///   - local: local context of the entries, `[entries, stride]`; where its rows have numbers from
    ///     `column` on, these get what the reference expects of the candidate, see
    ///     `ReferencePolicy.valuesWidth`.
    mutating func entries(
      of decoding: Decoding, values local: inout [Float], from column: Int, stride: Int
    ) -> Matrix {
      var scalars: [Float] = []
      scalars.reserveCapacity(decoding.shape.entries)
      for (row, list) in decoding.lists.enumerated() {
        let b = decoding.request(ofRow: row)
        guard list.count < decoding.lengths[b] else {
          scalars += [Float](repeating: 0, count: decoding.batch.candidateCount(b))
          continue
        }
        let step = requests[b].step(after: list)
        scalars += step.logits
        if column < stride {
          requests[b].write(
            step, after: list, into: &local, base: decoding.rowOffsets[row] * stride + column,
            stride: stride)
        }
      }
      return Matrix(rows: 1, columns: scalars.count, scalars: scalars)
    }
  }
}
