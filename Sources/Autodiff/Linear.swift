import Tensors

extension Tape {
  /// `x W + b`: `x [R, I]`, `weight [I, O]`, `bias [1, O]` -> `[R, O]`.
  public func linear(_ x: Variable, weight: Variable, bias: Variable? = nil) -> Variable {
    let input = value(x)
    let matrix = value(weight)
    precondition(
      input.columns == matrix.rows,
      "linear got width \(input.columns), its weight is [\(matrix.rows), \(matrix.columns)]")
    var output = Matrix(uninitialisedRows: input.rows, columns: matrix.columns)
    output.setProduct(input, matrix)
    if let bias { output.addToRows(value(bias)) }
    return record(output, from: [x, weight] + (bias.map { [$0] } ?? [])) { gradient, gradients in
      gradients.add(to: x) {
        $0.setProduct(gradient, matrix, secondTransposed: true, accumulating: true)
      }
      gradients.add(to: weight) {
        $0.setProduct(input, transposed: true, gradient, accumulating: true)
      }
      if let bias { gradients.add(to: bias) { $0.addSumOfRows(gradient) } }
    }
  }
}
