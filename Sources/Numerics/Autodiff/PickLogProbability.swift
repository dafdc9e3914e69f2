import Tensors

extension Tape {
  /// Log-probability of one pick per row, and the entropy of the choice, both on masked scores.
  ///
  /// With p the softmax over the entries of row r that are not excluded:
  /// `log p[pick]` and `H = -sum_i p_i log p_i`. A row without a pick (negative index) gives 0 and
  /// 0 and no gradient.
  ///
  /// - Parameters:
  ///   - scores: `[1, entries]`; row r is entries `offsets[r] ..< offsets[r + 1]`.
  ///   - probabilities: the masked softmax of the scores.
  ///   - picks: per row, the picked entry counted from the row's start.
  /// - Returns: `[rows, 2]`: log-probability, entropy.
  package func pickLogProbability(
    _ scores: Variable, probabilities p: [Float], logPartition: [Float], offsets: [Int],
    picks: [Int32]
  ) -> Variable {
    let input = value(scores).scalars
    precondition(
      p.count == input.count && picks.count == offsets.count - 1, "one pick per row")
    let entropies = entropies(
      input, probabilities: p, logPartition: logPartition, offsets: offsets, picks: picks)
    var output = Matrix(rows: picks.count, columns: 2)
    for row in picks.indices where picks[row] >= 0 {
      output[row, 0] = input[offsets[row] + Int(picks[row])] - logPartition[row]
      output[row, 1] = entropies[row]
    }
    guard recording else { return constant(output) }
    return record(output, from: [scores]) { gradient, gradients in
      gradients.add(to: scores) {
        addPickPullback(
          gradient, scores: input, probabilities: p, logPartition: logPartition,
          entropies: entropies, offsets: offsets, picks: picks, into: &$0.scalars)
      }
    }
  }
}
