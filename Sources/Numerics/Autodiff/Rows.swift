import Tensors

extension Tape {
  /// Row b of `x [B, H]` for every row of segment b -> `[R, H]`.
  ///
  /// - Parameter offsets: segment b is rows `offsets[b] ..< offsets[b + 1]`.
  package func repeatRows(_ x: Variable, offsets: [Int]) -> Variable {
    let input = value(x)
    let ones = [Float](repeating: 1, count: input.rows)
    var output = Matrix(uninitialisedRows: offsets.last ?? 0, columns: input.columns)
    output.setSegments(input, offsets)
    guard recording else { return constant(output) }
    return record(output, from: [x]) { gradient, gradients in
      gradients.add(gradient.segmentSums(offsets, weights: ones), to: x)
    }
  }

  /// Mean of the rows of each segment of `x [R, H]` -> `[B, H]`; an empty segment gives 0.
  package func segmentMean(_ x: Variable, offsets: [Int]) -> Variable {
    let weights = offsets.indices.dropLast().map {
      1 / Float(max(1, offsets[$0 + 1] - offsets[$0]))
    }
    guard recording else { return constant(value(x).segmentSums(offsets, weights: weights)) }
    return record(value(x).segmentSums(offsets, weights: weights), from: [x]) {
      gradient, gradients in
      gradients.add(to: x) { $0.addToSegments(gradient, offsets, weights: weights) }
    }
  }

  /// Rows of `x [R, H]` by index -> `[indices, H]`; a negative index gives a row of zeros.
  package func gatherRows(_ x: Variable, _ indices: [Int32]) -> Variable {
    let input = value(x)
    // All rows in their order: nothing to copy, forwards or backwards.
    if indices.count == input.rows, indices.indices.allSatisfy({ indices[$0] == Int32($0) }) {
      return x
    }
    guard recording else { return constant(input.gathered(indices)) }
    return record(input.gathered(indices), from: [x]) { gradient, gradients in
      gradients.add(to: x) { $0.scatterAdd(gradient, at: indices) }
    }
  }

  /// `weights[s] * sum of the rows of x whose indices stand in segment s` -> `[S, H]`.
  ///
  /// - Parameters:
  ///   - indices: rows of `x [R, H]`; negative ones add nothing.
  ///   - segments: segment s is `indices[segments[s] ..< segments[s + 1]]`.
  ///   - weights: 1 each when nil.
  package func gatheredSums(
    _ x: Variable, _ indices: [Int32], segments: [Int], weights: [Float]? = nil
  ) -> Variable {
    let weights = weights ?? [Float](repeating: 1, count: segments.count - 1)
    let output = value(x).gatheredSums(indices, segments, weights: weights)
    guard recording else { return constant(output) }
    return record(output, from: [x]) { gradient, gradients in
      gradients.add(to: x) { $0.scatterSegments(gradient, indices, segments, weights: weights) }
    }
  }
}
