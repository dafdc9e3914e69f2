import Tensors

extension Tape {
  /// Inner products of all pairs of rows inside each list: `x [B N, D]` -> `[B, N N]`.
  ///
  /// Rows that a mask has set to 0 give products of 0.
  package func pairwiseProducts(_ x: Variable, slots n: Int) -> Variable {
    let input = value(x)
    precondition(n > 0 && input.rows % n == 0, "\(input.rows) rows are not lists of \(n)")
    let lists = input.rows / n
    var output = Matrix(uninitialisedRows: lists, columns: n * n)
    let d = input.columns
    for b in 0..<lists {
      let rows = Block(offset: b * n * d, rows: n, columns: d)
      multiply(
        input.scalars, rows, input.scalars, rows, secondTransposed: true, into: &output.scalars,
        Block(offset: b * n * n, rows: n, columns: n))
    }
    guard recording else { return constant(output) }
    return record(output, from: [x]) { gradient, gradients in
      gradients.add(to: x) { dx in
        for b in 0..<lists {
          let rows = Block(offset: b * n * d, rows: n, columns: d)
          let square = Block(offset: b * n * n, rows: n, columns: n)
          multiply(
            gradient.scalars, square, input.scalars, rows, into: &dx.scalars, rows,
            accumulating: true)
          multiply(
            gradient.scalars, square, transposed: true, input.scalars, rows, into: &dx.scalars,
            rows, accumulating: true)
        }
      }
    }
  }
}
