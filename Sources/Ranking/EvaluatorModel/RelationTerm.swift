import Autodiff
import Networks
import Tensors

/// What stands around a slot and how alike it is, in few numbers: the small model of list context.
///
/// Likeness is measured in learned spaces, since items repeat each other in more than their
/// categories: inner products of projected items, squared. Contrast is the difference of an item's
/// projection to that of the item above and to that of the item below, each sign by itself, as prices
/// are felt. Equal categories are counted (`SlotRelations`). One linear layer, from zero, joins all of
/// it.
struct RelationTerm: Sendable {
  let spaces: [Linear]
  let contrast: Linear
  let output: Linear
  let fields: Int

  /// - Parameters:
  ///   - inputs: width of an item's features.
  ///   - fields: categorical item features.
  init(
    _ c: EvaluatorConfiguration, inputs: Int, fields: Int, heads: Int,
    in builder: inout ParameterBuilder
  ) {
    self.fields = fields
    (spaces, contrast, output) = builder.scope("relations") { builder in
      (
        (0..<c.likenessSpaces).map {
          Linear(inputs, c.likenessWidth, bias: false, name: "likeness.\($0)", in: &builder)
        },
        Linear(inputs, c.contrastWidth, bias: false, name: "contrast", in: &builder),
        Linear(
          2 * c.likenessSpaces + 4 * c.contrastWidth + SlotRelations.perField * fields, heads,
          bias: false, gain: 0, name: "output", in: &builder)
      )
    }
  }

  /// - Parameter items: `[R, D]`, features of all candidates.
  /// - Returns: `[L N, heads]`.
  func callAsFunction(
    _ items: Variable, _ placed: PlacedItems, slots n: Int, counted: Matrix, on tape: Tape
  ) -> Variable {
    let rows = placed.rows
    let (above, next) = masks(rows: rows, slots: n)
    var parts: [(x: Variable, segments: [Int]?)] = []
    let ones = tape.constant(Matrix(rows: n, columns: 1, repeating: 1))
    for space in spaces {
      let z = tape.gatherRows(space(items, on: tape), rows)  // [L N, width]
      let likeness = tape.scale(
        tape.reshape(tape.pairwiseProducts(z, slots: n), rows: rows.count),
        by: 1 / Float(space.outputs))  // [L N, N]
      let squares = tape.elementwiseProduct(likeness, likeness)
      for mask in [above, next] {
        let masked = tape.elementwiseProduct(squares, tape.constant(mask))
        parts.append((tape.linear(masked, weight: ones), nil))
      }
    }
    let projected = contrast(items, on: tape)
    let own = tape.gatherRows(projected, rows)
    for side in [-1, 1] {
      let beside = placed.neighbours(by: side)
      let difference = tape.elementwiseProduct(
        tape.add(own, tape.scale(tape.gatherRows(projected, beside), by: -1)),
        tape.constant(whereBoth(rows, beside, width: contrast.outputs)))
      parts.append((tape.activation(.relu, difference), nil))
      parts.append((tape.activation(.relu, tape.scale(difference, by: -1)), nil))
    }
    if fields > 0 { parts.append((tape.constant(counted), nil)) }
    return output(parts, on: tape)
  }

  /// 1 where a column's slot lies above the row's, and where it is the one right above; `[L N, N]`.
  private func masks(rows: [Int32], slots n: Int) -> (above: Matrix, next: Matrix) {
    var above = Matrix(rows: rows.count, columns: n)
    var next = above
    for row in rows.indices where rows[row] >= 0 {
      let t = row % n
      for j in 0..<t { above.scalars[row * n + j] = 1 }
      if t > 0 { next.scalars[row * n + t - 1] = 1 }
    }
    return (above, next)
  }

  /// 1 in the rows of slots that hold an item and have one beside them; `[L N, width]`.
  private func whereBoth(_ rows: [Int32], _ beside: [Int32], width: Int) -> Matrix {
    var result = Matrix(rows: rows.count, columns: width)
    for row in rows.indices where rows[row] >= 0 && beside[row] >= 0 {
      for column in 0..<width { result.scalars[row * width + column] = 1 }
    }
    return result
  }
}
