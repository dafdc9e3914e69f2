import Tensors

extension Tape {
  /// A linear layer whose weights differ from request to request:
  /// `x [B K, I]`, `weight [B, I O]`, `bias [B, O]` -> `[B K, O]`, rows of request b by weight b.
  public func perRequestLinear(
    _ x: Variable, weight: Variable, bias: Variable? = nil, rowsPerRequest k: Int
  ) -> Variable {
    let (input, matrices) = (value(x), value(weight))
    let (requests, i) = (matrices.rows, input.columns)
    let o = i == 0 ? 0 : matrices.columns / i
    precondition(
      input.rows == requests * k && matrices.columns == i * o,
      "\(input.rows) rows of \(i) for \(requests) x \(k) with weights of \(matrices.columns)")
    let blocks = (0..<requests).map { b in
      (
        x: Block(offset: b * k * i, rows: k, columns: i),
        w: Block(offset: b * i * o, rows: i, columns: o),
        y: Block(offset: b * k * o, rows: k, columns: o)
      )
    }
    var output = Matrix(uninitialisedRows: input.rows, columns: o)
    for block in blocks {
      multiply(
        input.scalars, block.x, matrices.scalars, block.w, into: &output.scalars, block.y)
    }
    let segments = (0...requests).map { $0 * k }
    let ones = [Float](repeating: 1, count: requests)
    if let bias { output.addToSegments(value(bias), segments, weights: ones) }
    guard recording else { return constant(output) }
    return record(output, from: [x, weight] + (bias.map { [$0] } ?? [])) { gradient, gradients in
      gradients.add(to: x) { dx in
        for block in blocks {
          multiply(
            gradient.scalars, block.y, matrices.scalars, block.w, secondTransposed: true,
            into: &dx.scalars, block.x, accumulating: true)
        }
      }
      gradients.add(to: weight) { dw in
        for block in blocks {
          multiply(
            input.scalars, block.x, transposed: true, gradient.scalars, block.y,
            into: &dw.scalars, block.w, accumulating: true)
        }
      }
      if let bias {
        gradients.add(gradient.segmentSums(segments, weights: ones), to: bias)
      }
    }
  }
}
