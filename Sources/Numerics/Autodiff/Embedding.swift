import Tensors

extension Tape {
  /// Rows of the table that is parameter `position`: -> `[indices, dimension]`.
  ///
  /// Its gradient is sparse: only the rows that were used, in `Gradients.sparse`.
  package func embedding(_ position: Int, _ indices: [Int32]) -> Variable {
    let output = parameterValue(position).gathered(indices)
    guard recording else { return constant(output) }
    return record(output, from: [], alwaysNeeded: true) { gradient, gradients in
      gradients.sparse[position, default: []].append(
        SparseRows(indices: indices, rows: gradient))
    }
  }

  /// Mean of the table rows of each bag: -> `[bags, dimension]`; an empty bag gives 0.
  ///
  /// - Parameters:
  ///   - offsets: bag r is `indices[offsets[r] ..< offsets[r + 1]]`.
  package func embeddingMean(_ position: Int, _ indices: [Int32], offsets: [Int]) -> Variable {
    let weights = offsets.indices.dropLast().map {
      1 / Float(max(1, offsets[$0 + 1] - offsets[$0]))
    }
    let output = parameterValue(position).gathered(indices)
      .segmentSums(offsets, weights: weights)
    guard recording else { return constant(output) }
    return record(output, from: [], alwaysNeeded: true) { gradient, gradients in
      var rows = Matrix(rows: indices.count, columns: gradient.columns)
      rows.addToSegments(gradient, offsets, weights: weights)
      gradients.sparse[position, default: []].append(SparseRows(indices: indices, rows: rows))
    }
  }
}
