import Tensors

extension Tape {
  /// Row b of `x [B, H]` for every row of segment b -> `[R, H]`.
  ///
  /// - Parameter offsets: segment b is rows `offsets[b] ..< offsets[b + 1]`.
  public func repeatRows(_ x: Variable, offsets: [Int]) -> Variable {
    let input = value(x)
    let ones = [Float](repeating: 1, count: input.rows)
    var output = Matrix(rows: offsets.last ?? 0, columns: input.columns)
    output.addToSegments(input, offsets, weights: ones)
    return record(output, from: [x]) { gradient, gradients in
      gradients.add(gradient.segmentSums(offsets, weights: ones), to: x)
    }
  }

  /// Mean of the rows of each segment of `x [R, H]` -> `[B, H]`; an empty segment gives 0.
  public func segmentMean(_ x: Variable, offsets: [Int]) -> Variable {
    let weights = offsets.indices.dropLast().map {
      1 / Float(max(1, offsets[$0 + 1] - offsets[$0]))
    }
    return record(value(x).segmentSums(offsets, weights: weights), from: [x]) {
      gradient, gradients in
      gradients.add(to: x) { $0.addToSegments(gradient, offsets, weights: weights) }
    }
  }

  /// Rows of `x [R, H]` by index -> `[indices, H]`; a negative index gives a row of zeros.
  public func gatherRows(_ x: Variable, _ indices: [Int32]) -> Variable {
    record(value(x).gathered(indices), from: [x]) { gradient, gradients in
      gradients.add(to: x) { $0.scatterAdd(gradient, at: indices) }
    }
  }
}
