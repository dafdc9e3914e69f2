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

  private let evaluators: EvaluatorEnsemble
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
    evaluators = ensemble
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
    fileprivate var requests: [Request]

    /// Logits of all candidates of a request in the place after `placed`, `[M]`: in standard
    /// deviations of the first place.
    mutating func logits(request b: Int, after placed: [Int]) -> [Float] {
      requests[b].logits(after: placed)
    }

    /// Logits of all entries in the next place of each list: `[1, entries]`, 0 for a complete list.
    mutating func entries(of decoding: Decoding) -> Matrix {
      var scalars: [Float] = []
      scalars.reserveCapacity(decoding.shape.entries)
      for (row, list) in decoding.lists.enumerated() {
        let b = decoding.request(ofRow: row)
        scalars +=
          list.count < decoding.lengths[b]
          ? logits(request: b, after: list)
          : [Float](repeating: 0, count: decoding.batch.candidateCount(b))
      }
      return Matrix(rows: 1, columns: scalars.count, scalars: scalars)
    }

    fileprivate struct Request: Sendable {
      private var terms: SequentialTerms?
      private let candidates: Int
      private let kinds: [EvaluatorHead]
      private let factors: [(head: Int, factor: Float)]
      private let rules: [(rule: Rule, factor: Float)]
      private let columns: [[Float]]
      private let length: Int
      private var mean: Float = 0
      private var scale: Float = 0
      /// Logits of the first place, which all lists of a request share.
      private var first: [Float] = []

      init(
        terms: SequentialTerms?, candidates: Int, kinds: [EvaluatorHead],
        factors: [(head: Int, factor: Float)], rules: [(rule: Rule, factor: Float)],
        columns: [[Float]], length: Int, sharpness: Float
      ) {
        self.factors = factors.filter { $0.factor != 0 }
        self.terms = self.factors.isEmpty ? nil : terms
        self.candidates = candidates
        self.kinds = kinds
        self.rules = rules.filter { $0.factor != 0 }
        self.columns = columns
        self.length = length
        let values = values(after: [])
        let count = Float(max(1, candidates))
        mean = values.reduce(0, +) / count
        var squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count
        // A rule may not tell candidates apart before something is placed, as with distinct values.
        for (rule, factor) in self.rules {
          var increments = [Float](repeating: 0, count: candidates)
          add(rule, scaledBy: factor, after: [], to: &increments)
          let largest = increments.reduce(0) { max($0, abs($1)) }
          squares += (largest / 3) * (largest / 3)
        }
        let deviation = squares.squareRoot()
        scale = deviation > 1e-12 ? sharpness / deviation : 0
        first = logits(of: values)
      }

      mutating func logits(after placed: [Int]) -> [Float] {
        placed.isEmpty ? first : logits(of: values(after: placed))
      }

      private func logits(of values: [Float]) -> [Float] {
        values.map { ($0 - mean) * scale }
      }

      private func add(
        _ rule: Rule, scaledBy factor: Float, after placed: [Int], to sums: inout [Float]
      ) {
        rule.utility.addIncrements(
          after: placed, length: length, column: columns[rule.column], scaledBy: factor, to: &sums)
      }

      /// `sum_k w_k / s_k` of what the evaluators expect and of what rules gain.
      private mutating func values(after placed: [Int]) -> [Float] {
        var sums = [Float](repeating: 0, count: candidates)
        if let raw = terms?.raw(after: placed) {
          for (head, factor) in factors {
            if kinds[head].kind == .binary {
              Tensors.add(Activation.sigmoid.apply(to: raw[head]), scaledBy: factor, into: &sums)
            } else {
              Tensors.add(raw[head], scaledBy: factor * kinds[head].unit, into: &sums)
            }
          }
        }
        for (rule, factor) in rules {
          add(rule, scaledBy: factor, after: placed, to: &sums)
        }
        return sums
      }
    }
  }
}
