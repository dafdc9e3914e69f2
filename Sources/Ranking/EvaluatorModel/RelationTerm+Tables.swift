import Autodiff
import Features
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

  /// What each candidate of a request does to each other one below it, for one head; see
  /// `SequentialTerms`.
  func tables(
    _ projected: Projected, rows: Range<Int>, head h: Int, slots n: Int, indices: [Int32]
  ) -> (above: [Float], next: [Float], distance: [Float]) {
    let m = rows.count
    let weights = projected.weights
    var above = [Float](repeating: 0, count: m * m)
    var next = above
    for (s, z) in projected.likeness.enumerated() {
      let (width, all, near) = (z.columns, weights[2 * s, h], weights[2 * s + 1, h])
      let own = Matrix(
        rows: m, columns: width,
        scalars: Array(z.scalars[rows.lowerBound * width..<rows.upperBound * width]))
      let tape = Tape(parameters: [], recording: false)
      let products = tape.value(tape.pairwiseProducts(tape.constant(own), slots: m)).scalars
      let factor = 1 / Float(width * width)
      for k in products.indices {
        let square = products[k] * products[k] * factor
        above[k] += all * square
        next[k] += near * square
      }
    }
    let (c, first) = (projected.contrast.columns, 2 * spaces.count)
    let numbers = projected.contrast.scalars
    let rise = (0..<c).map { weights[first + $0, h] }
    let fall = (0..<c).map { weights[first + c + $0, h] }
    for x in 0..<c {
      let column = rows.map { numbers[$0 * c + x] }
      let (up, down) = (rise[x], fall[x])
      for j in 0..<m {
        let (own, start) = (column[j], j * m)
        for i in 0..<m {
          let difference = column[i] - own
          next[start + i] += up * max(difference, 0) - down * min(difference, 0)
        }
      }
    }
    var distance: [Float] = []
    for field in 0..<fields {
      let base = first + 2 * c + SlotRelations.perField * field
      let (share, same) = (weights[base, h] / Float(max(1, n - 1)), weights[base + 2, h])
      distance.append(weights[base + 1, h])
      for j in 0..<m where indices[j * fields + field] > CategoricalField.missingRow {
        for i in 0..<m where indices[i * fields + field] == indices[j * fields + field] {
          above[j * m + i] += share
          next[j * m + i] += same
        }
      }
    }
    return (above, next, distance)
  }
}
