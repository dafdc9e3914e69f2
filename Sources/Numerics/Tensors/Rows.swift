import CKernels

// Kernels over the rows of a matrix: bias, gather, scatter, segments, columns.

extension Matrix {
  /// Adds `bias [1, columns]` to every row.
  package mutating func addToRows(_ bias: Matrix) {
    precondition(
      bias.scalars.count == columns, "bias of \(bias.scalars.count) for \(columns) columns")
    let (rows, columns) = (rows, columns)
    scalars.withUnsafeMutableBufferPointer { y in
      bias.scalars.withUnsafeBufferPointer { b in
        guard let yBase = y.baseAddress, let bBase = b.baseAddress else { return }
        kernels.pointee.add_rows(
          fader_rows(bBase), fader_target_rows(yBase, stride: columns), rows, columns)
      }
    }
  }

  /// Adds the sum of the rows of `x` to this row vector, from the first row down.
  package mutating func addSumOfRows(_ x: Matrix) {
    precondition(scalars.count == x.columns, "sum of \(x.columns) columns into \(scalars.count)")
    scalars.withUnsafeMutableBufferPointer { y in
      x.scalars.withUnsafeBufferPointer { source in
        guard let yBase = y.baseAddress, let xBase = source.baseAddress else { return }
        kernels.pointee.add_rows(
          fader_rows(xBase, stride: x.columns), fader_target_rows(yBase), x.rows, x.columns)
      }
    }
  }

  /// Rows by index; a negative index gives a row of zeros. `[indices, columns]`
  package func gathered(_ indices: [Int32]) -> Matrix {
    var result = Matrix(uninitialisedRows: indices.count, columns: columns)
    let (rows, columns) = (rows, columns)
    result.scalars.withUnsafeMutableBufferPointer { y in
      scalars.withUnsafeBufferPointer { x in
        guard let yBase = y.baseAddress else { return }
        for (position, index) in indices.enumerated() {
          let target = yBase + position * columns
          guard index >= 0, let xBase = x.baseAddress else {
            target.update(repeating: 0, count: columns)
            continue
          }
          precondition(Int(index) < rows, "row \(index) of a matrix of \(rows)")
          target.update(from: xBase + Int(index) * columns, count: columns)
        }
      }
    }
    return result
  }

  /// `self[indices[i]] = x[i]`
  package mutating func setRows(_ x: Matrix, at indices: [Int32]) {
    precondition(
      x.rows == indices.count && x.columns == columns
        && indices.allSatisfy { $0 >= 0 && $0 < rows }, "rows do not fit")
    let columns = columns
    scalars.withUnsafeMutableBufferPointer { y in
      x.scalars.withUnsafeBufferPointer { x in
        guard let yBase = y.baseAddress, let xBase = x.baseAddress else { return }
        for (i, index) in indices.enumerated() {
          (yBase + Int(index) * columns).update(from: xBase + i * columns, count: columns)
        }
      }
    }
  }

  /// `self[indices[i]] += x[i]`, in the order of i; negative indices are skipped.
  package mutating func scatterAdd(_ x: Matrix, at indices: [Int32]) {
    precondition(
      x.rows == indices.count && x.columns == columns && indices.allSatisfy { $0 < rows },
      "scatter of [\(x.rows), \(x.columns)] by \(indices.count) indices into width \(columns)")
    let columns = columns
    scalars.withUnsafeMutableBufferPointer { y in
      x.scalars.withUnsafeBufferPointer { x in
        indices.withUnsafeBufferPointer { places in
          guard let yBase = y.baseAddress, let xBase = x.baseAddress,
            let places = places.baseAddress
          else { return }
          kernels.pointee.scatter_add(xBase, places, indices.count, yBase, columns)
        }
      }
    }
  }

  /// `weights[s] * sum of the rows whose indices stand in segment s`; negative indices add nothing.
  package func gatheredSums(
    _ indices: [Int32], _ segments: [Int], weights: [Float]
  ) -> Matrix {
    precondition(
      segments.last == indices.count && weights.count == segments.count - 1
        && indices.allSatisfy { $0 < rows }, "segments or indices do not fit")
    var result = Matrix(rows: segments.count - 1, columns: columns)
    let columns = columns
    result.scalars.withUnsafeMutableBufferPointer { y in
      scalars.withUnsafeBufferPointer { x in
        indices.withUnsafeBufferPointer { places in
          guard let yBase = y.baseAddress, let xBase = x.baseAddress,
            let places = places.baseAddress
          else { return }
          for s in weights.indices {
            let (first, count) = (segments[s], segments[s + 1] - segments[s])
            kernels.pointee.gather_add(
              weights[s], xBase, places + first, count, yBase + s * columns, columns)
          }
        }
      }
    }
    return result
  }

  /// Adds `weights[s] x[s]` to the rows whose indices stand in segment s.
  package mutating func scatterSegments(
    _ x: Matrix, _ indices: [Int32], _ segments: [Int], weights: [Float]
  ) {
    precondition(
      segments.last == indices.count && x.rows == segments.count - 1 && x.columns == columns
        && weights.count == x.rows && indices.allSatisfy { $0 < rows },
      "segments or indices do not fit")
    let columns = columns
    scalars.withUnsafeMutableBufferPointer { y in
      x.scalars.withUnsafeBufferPointer { x in
        indices.withUnsafeBufferPointer { places in
          guard let yBase = y.baseAddress, let xBase = x.baseAddress,
            let places = places.baseAddress
          else { return }
          for s in weights.indices {
            let (first, count) = (segments[s], segments[s + 1] - segments[s])
            kernels.pointee.scatter_scaled(
              weights[s], xBase + s * columns, places + first, count, yBase, columns)
          }
        }
      }
    }
  }

  /// Sum of the rows of each segment `offsets[b] ..< offsets[b + 1]`, times `weights[b]`.
  package func segmentSums(_ offsets: [Int], weights: [Float]) -> Matrix {
    precondition(offsets.last == rows && weights.count == offsets.count - 1, "segments do not fit")
    var result = Matrix(rows: offsets.count - 1, columns: columns)
    let columns = columns
    result.scalars.withUnsafeMutableBufferPointer { y in
      scalars.withUnsafeBufferPointer { x in
        guard let yBase = y.baseAddress, let xBase = x.baseAddress else { return }
        for b in 0..<offsets.count - 1 {
          kernels.pointee.add_scaled_rows(
            weights[b], fader_rows(xBase + offsets[b] * columns, stride: columns),
            fader_target_rows(yBase + b * columns), offsets[b + 1] - offsets[b], columns)
        }
      }
    }
    return result
  }

  /// Adds `weights[b] x[b]` to every row of segment b.
  package mutating func addToSegments(_ x: Matrix, _ offsets: [Int], weights: [Float]) {
    precondition(
      offsets.last == rows && x.rows == offsets.count - 1 && x.columns == columns,
      "segments do not fit")
    let columns = columns
    scalars.withUnsafeMutableBufferPointer { y in
      x.scalars.withUnsafeBufferPointer { x in
        guard let yBase = y.baseAddress, let xBase = x.baseAddress else { return }
        for b in 0..<offsets.count - 1 {
          kernels.pointee.add_scaled_rows(
            weights[b], fader_rows(xBase + b * columns),
            fader_target_rows(yBase + offsets[b] * columns, stride: columns),
            offsets[b + 1] - offsets[b], columns)
        }
      }
    }
  }

  /// Sets every row of segment b to row b of `x`, or adds it.
  package mutating func setSegments(_ x: Matrix, _ offsets: [Int], adding: Bool = false) {
    precondition(
      offsets.last == rows && x.rows == offsets.count - 1 && x.columns == columns,
      "segments do not fit")
    let columns = columns
    scalars.withUnsafeMutableBufferPointer { y in
      x.scalars.withUnsafeBufferPointer { x in
        guard let yBase = y.baseAddress, let xBase = x.baseAddress else { return }
        for b in 0..<offsets.count - 1 {
          let (row, first) = (xBase + b * columns, yBase + offsets[b] * columns)
          let count = offsets[b + 1] - offsets[b]
          if adding {
            kernels.pointee.add_rows(
              fader_rows(row), fader_target_rows(first, stride: columns), count, columns)
          } else {
            for i in 0..<count { (first + i * columns).update(from: row, count: columns) }
          }
        }
      }
    }
  }

  /// Copies `x` into the columns from `first` on.
  package mutating func setColumns(from first: Int, to x: Matrix) {
    precondition(x.rows == rows && first + x.columns <= columns, "columns do not fit")
    let (rows, columns) = (rows, columns)
    scalars.withUnsafeMutableBufferPointer { y in
      x.scalars.withUnsafeBufferPointer { source in
        guard let yBase = y.baseAddress, let xBase = source.baseAddress else { return }
        for row in 0..<rows {
          (yBase + row * columns + first).update(from: xBase + row * x.columns, count: x.columns)
        }
      }
    }
  }

  /// Columns `range` as a matrix of their own.
  package func columns(_ range: Range<Int>) -> Matrix {
    precondition(
      range.lowerBound >= 0 && range.upperBound <= columns, "columns \(range) of \(columns)")
    var result = Matrix(uninitialisedRows: rows, columns: range.count)
    let (rows, columns) = (rows, columns)
    result.scalars.withUnsafeMutableBufferPointer { y in
      scalars.withUnsafeBufferPointer { x in
        guard let yBase = y.baseAddress, let xBase = x.baseAddress else { return }
        for row in 0..<rows {
          (yBase + row * range.count).update(
            from: xBase + row * columns + range.lowerBound, count: range.count)
        }
      }
    }
    return result
  }

  /// Adds columns `first ..< first + width` of `x` to this matrix of that width.
  package mutating func addColumns(of x: Matrix, from first: Int) {
    precondition(x.rows == rows && first + columns <= x.columns, "columns do not fit")
    let (rows, columns) = (rows, columns)
    scalars.withUnsafeMutableBufferPointer { y in
      x.scalars.withUnsafeBufferPointer { source in
        guard let yBase = y.baseAddress, let xBase = source.baseAddress else { return }
        kernels.pointee.add_rows(
          fader_rows(xBase + first, stride: x.columns),
          fader_target_rows(yBase, stride: columns), rows, columns)
      }
    }
  }

  /// Adds `x` to the columns from `first` on.
  package mutating func addIntoColumns(from first: Int, _ x: Matrix) {
    precondition(x.rows == rows && first + x.columns <= columns, "columns do not fit")
    let (rows, columns) = (rows, columns)
    scalars.withUnsafeMutableBufferPointer { y in
      x.scalars.withUnsafeBufferPointer { source in
        guard let yBase = y.baseAddress, let xBase = source.baseAddress else { return }
        kernels.pointee.add_rows(
          fader_rows(xBase, stride: x.columns),
          fader_target_rows(yBase + first, stride: columns), rows, x.columns)
      }
    }
  }
}
