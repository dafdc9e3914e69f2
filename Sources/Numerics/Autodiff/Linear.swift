import Tensors

/// One summand of a linear layer over several inputs: `x W'`, W' some rows of a weight.
package struct LinearTerm {
  /// `[R, I]`, or one row per segment.
  package let x: Variable
  /// `[at least firstRow + I, O]`
  package let weight: Variable
  /// The row of the weight that belongs to the first column of x.
  package let firstRow: Int
  /// Where x has one row per segment: row s of its product is added to rows
  /// `segments[s] ..< segments[s + 1]` of the result.
  package let segments: [Int]?

  package init(_ x: Variable, weight: Variable, firstRow: Int = 0, segments: [Int]? = nil) {
    self.x = x
    self.weight = weight
    self.firstRow = firstRow
    self.segments = segments
  }
}

extension Tape {
  /// `x W + b`: `x [R, I]`, `weight [I, O]`, `bias [1, O]` -> `[R, O]`; with a ReLU if rectified.
  package func linear(
    _ x: Variable, weight: Variable, bias: Variable? = nil, rectified: Bool = false
  ) -> Variable {
    precondition(
      value(x).columns == value(weight).rows,
      "linear got width \(value(x).columns), its weight is [\(value(weight).rows), _]")
    guard !recording else {
      return linear([LinearTerm(x, weight: weight)], bias: bias, rectified: rectified)
    }
    // Most of what serving runs, without the lists of terms.
    var output = Matrix(uninitialisedRows: value(x).rows, columns: value(weight).columns)
    output.setProduct(
      value(x), value(weight), bias: bias.map { value($0) }, rectified: rectified)
    return constant(output)
  }

  /// `x_1 W_1 + x_2 W_2 + ... + b` -> `[R, O]`; with a ReLU if rectified.
  ///
  /// The layer over the inputs side by side, without putting them there; what is the same for all
  /// rows of a segment is multiplied once. At least one term has no segments.
  package func linear(
    _ terms: [LinearTerm], bias: Variable? = nil, rectified: Bool = false
  ) -> Variable {
    let factors = terms.map { Factors($0, on: self) }
    let output = Self.output(factors, bias: bias.map { value($0) }, rectified: rectified)
    let inputs = terms.flatMap { [$0.x, $0.weight] } + (bias.map { [$0] } ?? [])
    guard recording else { return constant(output) }
    return record(output, from: inputs) { gradient, gradients in
      var slope = gradient
      if rectified {
        slope = Matrix(
          rows: gradient.rows, columns: gradient.columns,
          scalars: Activation.relu.pullback(gradient.scalars, output: output.scalars))
      }
      for (term, factors) in zip(terms, factors) {
        factors.pullback(slope, of: term, into: &gradients)
      }
      if let bias { gradients.add(to: bias) { $0.addSumOfRows(slope) } }
    }
  }

  private static func output(_ factors: [Factors], bias: Matrix?, rectified: Bool) -> Matrix {
    let rows = factors.filter { $0.segments == nil }
    let repeated = factors.filter { $0.segments != nil }
    guard let first = rows.first else {
      preconditionFailure("a layer needs a term of its own rows")
    }
    precondition(
      factors.allSatisfy { $0.weight.columns == first.weight.columns }
        && rows.allSatisfy { $0.x.rows == first.x.rows }, "terms of different shapes")
    var output = Matrix(uninitialisedRows: first.x.rows, columns: first.weight.columns)
    var isStarted = false
    for term in repeated {
      var product = Matrix(uninitialisedRows: term.x.rows, columns: output.columns)
      term.multiply(into: &product, bias: isStarted ? nil : bias)
      output.setSegments(product, term.segments ?? [], adding: isStarted)
      isStarted = true
    }
    for (i, term) in rows.enumerated() {
      term.multiply(
        into: &output, bias: isStarted ? nil : bias, accumulating: isStarted,
        rectified: rectified && i == rows.count - 1)
      isStarted = true
    }
    return output
  }

  /// The numbers of a term.
  private struct Factors {
    let x: Matrix
    let weight: Matrix
    let segments: [Int]?
    /// The part of the weight that belongs to x.
    let block: Block

    init(_ term: LinearTerm, on tape: Tape) {
      x = tape.value(term.x)
      weight = tape.value(term.weight)
      segments = term.segments
      precondition(
        term.firstRow >= 0 && term.firstRow + x.columns <= weight.rows,
        "rows \(term.firstRow)..<\(term.firstRow + x.columns) of a weight of \(weight.rows)")
      block = Block(
        offset: term.firstRow * weight.columns, rows: x.columns, columns: weight.columns)
    }

    func multiply(
      into output: inout Matrix, bias: Matrix?, accumulating: Bool = false, rectified: Bool = false
    ) {
      let own = output.block
      Tensors.multiply(
        x.scalars, x.block, weight.scalars, block, into: &output.scalars, own,
        accumulating: accumulating, bias: bias?.scalars, rectified: rectified)
    }

    func pullback(_ gradient: Matrix, of term: LinearTerm, into gradients: inout Gradients) {
      var gradient = gradient
      if let segments {
        let ones = [Float](repeating: 1, count: segments.count - 1)
        gradient = gradient.segmentSums(segments, weights: ones)
      }
      gradients.addProduct(to: term.x) { dx, isFresh in
        let own = dx.block
        Tensors.multiply(
          gradient.scalars, gradient.block, weight.scalars, block, secondTransposed: true,
          into: &dx.scalars, own, accumulating: !isFresh)
      }
      let coversWeight = block.rows == weight.rows
      gradients.addProduct(to: term.weight, isWhole: coversWeight) { dw, isFresh in
        Tensors.multiply(
          x.scalars, x.block, transposed: true, gradient.scalars, gradient.block,
          into: &dw.scalars, block, accumulating: !isFresh)
      }
    }
  }
}
