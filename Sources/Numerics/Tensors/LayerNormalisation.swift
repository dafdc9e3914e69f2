import CKernels

/// Layer normalisation of rows: `(x - mean) / sqrt(variance + 1e-5)`, without gain and bias.
///
/// - Returns: the normalised rows and, per row, `1 / sqrt(variance + 1e-5)`.
package func normalisedRows(_ x: Matrix) -> (rows: Matrix, inverseDeviations: [Float]) {
  var result = Matrix(uninitialisedRows: x.rows, columns: x.columns)
  var inverse = [Float](repeating: 0, count: x.rows)
  result.scalars.withUnsafeMutableBufferPointer { y in
    inverse.withUnsafeMutableBufferPointer { inverse in
      x.scalars.withUnsafeBufferPointer { source in
        guard let yBase = y.baseAddress, let xBase = source.baseAddress,
          let inverse = inverse.baseAddress
        else { return }
        kernels.pointee.normalise(xBase, yBase, inverse, x.rows, x.columns)
      }
    }
  }
  return (result, inverse)
}

/// Gradient of `normalisedRows`: `(g - mean(g) - n mean(g n)) / deviation`, added to `dx`.
package func addNormalisedRowsPullback(
  _ gradient: Matrix, normalised: Matrix, inverseDeviations: [Float], into dx: inout Matrix
) {
  precondition(
    gradient.hasShape(of: normalised) && dx.hasShape(of: normalised)
      && inverseDeviations.count == normalised.rows, "shapes differ")
  let (rows, width) = (normalised.rows, normalised.columns)
  dx.scalars.withUnsafeMutableBufferPointer { dx in
    gradient.scalars.withUnsafeBufferPointer { g in
      normalised.scalars.withUnsafeBufferPointer { n in
        inverseDeviations.withUnsafeBufferPointer { inverse in
          guard let dx = dx.baseAddress, let g = g.baseAddress, let n = n.baseAddress,
            let inverse = inverse.baseAddress
          else { return }
          kernels.pointee.normalise_back(g, n, inverse, dx, rows, width)
        }
      }
    }
  }
}

/// `y += x * g` with one row vector g for all rows.
package func addProduct(_ x: Matrix, rowVector g: Matrix, into y: inout Matrix) {
  precondition(x.hasShape(of: y) && g.scalars.count == x.columns, "shapes differ")
  let (rows, width) = (x.rows, x.columns)
  y.scalars.withUnsafeMutableBufferPointer { y in
    x.scalars.withUnsafeBufferPointer { x in
      g.scalars.withUnsafeBufferPointer { g in
        guard let yBase = y.baseAddress, let xBase = x.baseAddress, let gBase = g.baseAddress
        else { return }
        kernels.pointee.add_product_rows(
          fader_rows(xBase, stride: width), fader_rows(gBase),
          fader_target_rows(yBase, stride: width), rows, width)
      }
    }
  }
}

/// `y += sum over rows of x * z`
package func addSumOfProducts(_ x: Matrix, _ z: Matrix, into y: inout Matrix) {
  precondition(x.hasShape(of: z) && y.scalars.count == x.columns, "shapes differ")
  let (rows, width) = (x.rows, x.columns)
  y.scalars.withUnsafeMutableBufferPointer { y in
    x.scalars.withUnsafeBufferPointer { x in
      z.scalars.withUnsafeBufferPointer { z in
        guard let yBase = y.baseAddress, let xBase = x.baseAddress, let zBase = z.baseAddress
        else { return }
        kernels.pointee.add_product_rows(
          fader_rows(xBase, stride: width), fader_rows(zBase, stride: width),
          fader_target_rows(yBase), rows, width)
      }
    }
  }
}
