import Tensors

extension Tape {
  /// A linear layer whose weights differ from request to request:
  /// `x [B K, I]`, `weight [B, I O]`, `bias [B, O]` -> `[B K, O]`, rows of request b by weight b.
  package func perRequestLinear(
    _ x: Variable, weight: Variable, bias: Variable? = nil, rowsPerRequest k: Int
  ) -> Variable {
    let (input, matrices) = (value(x), value(weight))
    let (requests, i) = (matrices.rows, input.columns)
    let o = i == 0 ? 0 : matrices.columns / i
    precondition(
      input.rows == requests * k && matrices.columns == i * o,
      "\(input.rows) rows of \(i) for \(requests) x \(k) with weights of \(matrices.columns)")
    // Blocks of request b: its rows of x and y, its weight.
    let xBlock = { (b: Int) in Block(offset: b * k * i, rows: k, columns: i) }
    let wBlock = { (b: Int) in Block(offset: b * i * o, rows: i, columns: o) }
    let yBlock = { (b: Int) in Block(offset: b * k * o, rows: k, columns: o) }
    var output = Matrix(uninitialisedRows: input.rows, columns: o)
    if let bias { output.setSegments(value(bias), (0...requests).map { $0 * k }) }
    for b in 0..<requests {
      multiply(
        input.scalars, xBlock(b), matrices.scalars, wBlock(b), into: &output.scalars, yBlock(b),
        accumulating: bias != nil)
    }
    guard recording else { return constant(output) }
    return record(output, from: [x, weight] + (bias.map { [$0] } ?? [])) { gradient, gradients in
      gradients.add(to: x) { dx in
        for b in 0..<requests {
          multiply(
            gradient.scalars, yBlock(b), matrices.scalars, wBlock(b), secondTransposed: true,
            into: &dx.scalars, xBlock(b), accumulating: true)
        }
      }
      gradients.add(to: weight) { dw in
        for b in 0..<requests {
          multiply(
            input.scalars, xBlock(b), transposed: true, gradient.scalars, yBlock(b),
            into: &dw.scalars, wBlock(b), accumulating: true)
        }
      }
      if let bias {
        let segments = (0...requests).map { $0 * k }
        let ones = [Float](repeating: 1, count: requests)
        gradients.add(gradient.segmentSums(segments, weights: ones), to: bias)
      }
    }
  }
}
