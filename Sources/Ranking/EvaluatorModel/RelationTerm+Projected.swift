import Autodiff
import Networks
import Tensors

extension RelationTerm {
  /// Candidates in the learned spaces, and the output layer's weights.
  struct Projected: Sendable {
    /// `[space][R, width]`
    let likeness: [Matrix]
    /// `[R, C]`
    let contrast: Matrix
    /// `[relations, heads]`
    let weights: Matrix
  }

  func projected(_ items: Variable, on tape: Tape) -> Projected {
    Projected(
      likeness: spaces.map { tape.value($0(items, on: tape)) },
      contrast: tape.value(contrast(items, on: tape)),
      weights: tape.value(tape.parameter(output.weight)))
  }

  /// Adds this member's weights of head h to those of all members.
  ///
  /// - Parameter part: what the member counts in the mean of all, times its share of relations.
  func add(
    _ projected: Projected, head h: Int, slots n: Int, part: Float,
    to sum: inout PairRelations.Weights
  ) {
    func weight(_ row: Int) -> Float { projected.weights[row, h] * part }
    let (count, c) = (spaces.count, contrast.outputs)
    sum.above += (0..<count).map { weight(2 * $0) }
    sum.next += (0..<count).map { weight(2 * $0 + 1) }
    sum.rise += (0..<c).map { weight(2 * count + $0) }
    sum.fall += (0..<c).map { weight(2 * count + c + $0) }
    sum.riseBelow += (0..<c).map { weight(2 * count + 2 * c + $0) }
    sum.fallBelow += (0..<c).map { weight(2 * count + 3 * c + $0) }
    for field in 0..<fields {
      let base = 2 * count + 4 * c + SlotRelations.perField * field
      sum.share[field] += weight(base) / Float(max(1, n - 1))
      sum.distance[field] += weight(base + 1)
      sum.same[field] += weight(base + 2)
      sum.sameBelow[field] += weight(base + 3)
    }
  }
}
