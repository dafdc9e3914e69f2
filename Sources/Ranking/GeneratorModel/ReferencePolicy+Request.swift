import Autodiff
import EvaluatorModel
import Objectives
import Tensors

extension ReferencePolicy.Prepared {
  /// What is known of all candidates in one place.
  struct Step: Sendable {
    /// `[M]`
    var logits: [Float]
    /// Gains of the predicted objectives with a weight, raw, `[factor][M]`.
    var gains: [[Float]]
    /// How much a unit of raw output moves them, `[factor][M]`; empty for numbers.
    var slopes: [[Float]]
  }

  struct Request: Sendable {
    var terms: SequentialTerms?
    let candidates: Int
    let kinds: [EvaluatorHead]
    /// Predicted objectives with a weight: their place among all predicted ones.
    let factors: [(place: Int, head: Int, factor: Float)]
    let rules: [(rule: ReferencePolicy.Rule, factor: Float)]
    private let columns: [[Float]]
    let length: Int
    private var mean: Float = 0
    var scale: Float = 0
    /// Of each factor, over the candidates in the first place.
    var means: [Float] = []
    var deviations: [Float] = []
    let termCount: Int
    let sharpness: Float
    /// Candidates that differ by less than this share of their mean differ by rounding alone.
    private static let rounding: Float = 1e-6
    /// The first place, which all lists of a request share.
    private var first = Step(logits: [], gains: [], slopes: [])

    init(
      terms: SequentialTerms?, candidates: Int, kinds: [EvaluatorHead],
      factors: [(head: Int, factor: Float)], rules: [(rule: ReferencePolicy.Rule, factor: Float)],
      columns: [[Float]], length: Int, sharpness: Float
    ) {
      self.factors = factors.enumerated().compactMap { place, term in
        term.factor == 0 ? nil : (place, term.head, term.factor)
      }
      termCount = factors.count
      self.sharpness = sharpness
      self.terms = self.factors.isEmpty ? nil : terms
      self.candidates = candidates
      self.kinds = kinds
      self.rules = rules.filter { $0.factor != 0 }
      self.columns = columns
      self.length = length
      let (values, gains, slopes) = values(after: [])
      let count = Float(max(1, candidates))
      func moments(_ values: [Float]) -> (mean: Float, squares: Float) {
        let mean = values.reduce(0, +) / count
        return (mean, values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count)
      }
      var squares: Float
      (mean, squares) = moments(values)
      for gain in gains {
        let (mean, squares) = moments(gain)
        means.append(mean)
        let deviation = squares.squareRoot()
        // Of what is rounding alone nothing is seen.
        deviations.append(
          deviation > Self.rounding * abs(mean) ? max(deviation, 1e-9) : .infinity)
      }
      // A rule may not tell candidates apart before something is placed, as with distinct values.
      for (rule, factor) in self.rules {
        var increments = [Float](repeating: 0, count: candidates)
        add(rule, scaledBy: factor, after: [], to: &increments)
        let largest = increments.reduce(0) { max($0, abs($1)) }
        squares += (largest / 3) * (largest / 3)
      }
      let deviation = squares.squareRoot()
      scale = deviation > max(1e-12, Self.rounding * abs(mean)) ? sharpness / deviation : 0
      first = Step(logits: logits(of: values), gains: gains, slopes: slopes)
    }

    mutating func step(after placed: [Int]) -> Step {
      if placed.isEmpty { return first }
      let (values, gains, slopes) = values(after: placed)
      return Step(logits: logits(of: values), gains: gains, slopes: slopes)
    }

    private func logits(of values: [Float]) -> [Float] {
      values.map { ($0 - mean) * scale }
    }

    func add(
      _ rule: ReferencePolicy.Rule, scaledBy factor: Float, after placed: [Int],
      to sums: inout [Float]
    ) {
      rule.utility.addIncrements(
        after: placed, length: length, column: columns[rule.column], scaledBy: factor, to: &sums)
    }

    /// `sum_k w_k / s_k` of what the evaluators expect and of what rules gain, and the raw gains of
    /// the predicted objectives alone.
    private mutating func values(after placed: [Int]) -> (
      sums: [Float], gains: [[Float]], slopes: [[Float]]
    ) {
      let raw = terms?.raw(after: placed)
      let change = terms?.changeAbove(after: placed)
      var slopes: [[Float]] = []
      let gains = factors.map { factor -> [Float] in
        let (own, kind) = (raw?[factor.head] ?? [], kinds[factor.head])
        guard kind.kind == .binary else {
          slopes.append([])
          var sum = own
          if let change { Tensors.add(change.by[factor.head], scaledBy: 1, into: &sum) }
          return sum.map { $0 * kind.unit }
        }
        var sum = Activation.sigmoid.apply(to: own)
        slopes.append(sum.map { $0 * (1 - $0) })
        if let change {
          let before = change.before[factor.head]
          let after = Activation.sigmoid.apply(to: change.by[factor.head].map { before + $0 })
          let now = Activation.sigmoid.apply(to: [before])[0]
          for i in sum.indices { sum[i] += after[i] - now }
        }
        return sum
      }
      var sums = [Float](repeating: 0, count: candidates)
      for (gain, factor) in zip(gains, factors) {
        Tensors.add(gain, scaledBy: factor.factor, into: &sums)
      }
      for (rule, factor) in rules {
        add(rule, scaledBy: factor, after: placed, to: &sums)
      }
      return (sums, gains, slopes)
    }
  }
}
