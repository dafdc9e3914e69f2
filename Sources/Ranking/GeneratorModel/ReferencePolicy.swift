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
  fileprivate var sharpness: Float = 1

  private let evaluators: [Evaluator]
  /// Places of the heads that objectives need.
  private let heads: [Int]
  /// Of each predicted objective: its place, which of `heads` it needs, its scale.
  private let terms: [(objective: Int, head: Int, scale: Float)]
  private let kinds: [EvaluatorHead]
  private let rules: [Rule]

  fileprivate struct Rule: Sendable {
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
    evaluators = ensemble.members
    kinds = heads.map { ensemble.heads[$0] }
    self.heads = heads
    self.terms = terms
  }

  func sharpened(_ sharpness: Float) -> ReferencePolicy {
    var sharpened = self
    sharpened.sharpness = sharpness
    return sharpened
  }

  /// The policy for the requests of a batch, each under its w and with its list length.
  func prepared(_ batch: RequestBatch, weights: [[Float]], lengths: [Int]) -> Prepared {
    let members = evaluators.map { $0.sequentialTerms(batch, heads: heads) }
    return Prepared(
      requests: (0..<batch.requestCount).map { b in
        Prepared.Request(
          members: members.map { $0[b] }, kinds: kinds,
          factors: terms.map { (head: $0.head, factor: weights[b][$0.objective] / $0.scale) },
          rules: rules.map { (rule: $0, factor: weights[b][$0.objective] / $0.scale) },
          columns: batch.columns[b], length: lengths[b], sharpness: sharpness)
      })
  }

  /// Tables of every request, made once for all lists and places.
  struct Prepared: Sendable {
    fileprivate let requests: [Request]

    /// Logits of all candidates of a request in the place after `placed`, `[M]`: in standard
    /// deviations of the first place.
    func logits(request b: Int, after placed: [Int]) -> [Float] {
      requests[b].logits(after: placed)
    }

    fileprivate struct Request: Sendable {
      private let members: [SequentialTerms]
      private let kinds: [EvaluatorHead]
      private let factors: [(head: Int, factor: Float)]
      private let rules: [(rule: Rule, factor: Float)]
      private let columns: [[Float]]
      private let length: Int
      private var mean: Float = 0
      private var scale: Float = 0

      init(
        members: [SequentialTerms], kinds: [EvaluatorHead],
        factors: [(head: Int, factor: Float)], rules: [(rule: Rule, factor: Float)],
        columns: [[Float]], length: Int, sharpness: Float
      ) {
        self.members = members
        self.kinds = kinds
        self.factors = factors
        self.rules = rules.filter { $0.factor != 0 }
        self.columns = columns
        self.length = length
        let first = values(after: [])
        let count = Float(max(1, first.count))
        mean = first.reduce(0, +) / count
        var squares = first.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count
        // A rule may not tell candidates apart before something is placed, as with distinct values.
        for (rule, factor) in self.rules {
          let largest = first.indices.reduce(0) {
            max($0, abs(increment(rule, of: $1, after: [])))
          }
          squares += (factor * largest / 3) * (factor * largest / 3)
        }
        let deviation = squares.squareRoot()
        scale = deviation > 1e-12 ? sharpness / deviation : 0
      }

      func logits(after placed: [Int]) -> [Float] {
        guard scale > 0 else {
          return [Float](repeating: 0, count: members[0].candidates)
        }
        return values(after: placed).map { ($0 - mean) * scale }
      }

      private func increment(_ rule: Rule, of candidate: Int, after placed: [Int]) -> Float {
        rule.utility.increment(
          placing: candidate, after: placed, length: length, column: columns[rule.column])
      }

      /// `sum_k w_k / s_k` of what the members expect on average and of what rules gain.
      private func values(after placed: [Int]) -> [Float] {
        var sums = [Float](repeating: 0, count: members[0].candidates)
        for member in members where factors.contains(where: { $0.factor != 0 }) {
          let raw = member.raw(after: placed)
          for (head, factor) in factors where factor != 0 {
            let expected =
              kinds[head].kind == .binary
              ? Activation.sigmoid.apply(to: raw[head])
              : raw[head].map { $0 * kinds[head].unit }
            for i in sums.indices { sums[i] += factor * expected[i] }
          }
        }
        for i in sums.indices {
          sums[i] /= Float(members.count)
          for (rule, factor) in rules {
            sums[i] += factor * increment(rule, of: i, after: placed)
          }
        }
        return sums
      }
    }
  }
}
