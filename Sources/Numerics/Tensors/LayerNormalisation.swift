/// Layer normalisation of rows: `(x - mean) / sqrt(variance + 1e-5)`, without gain and bias.
///
/// - Returns: the normalised rows and, per row, `1 / sqrt(variance + 1e-5)`.
package func normalisedRows(_ x: Matrix) -> (rows: Matrix, inverseDeviations: [Float]) {
  var result = Matrix(uninitialisedRows: x.rows, columns: x.columns)
  var inverse = [Float](repeating: 0, count: x.rows)
  let width = x.columns
  result.scalars.withUnsafeMutableBufferPointer { y in
    x.scalars.withUnsafeBufferPointer { source in
      guard let yBase = y.baseAddress, let xBase = source.baseAddress else { return }
      for row in 0..<x.rows {
        let source = xBase + row * width
        let target = yBase + row * width
        let mean = sumOf(source, width) / Float(width)
        map(source, into: target, width) { $0 - mean }
        let variance = dot(target, target, width) / Float(width)
        let scale = 1 / (variance + 1e-5).squareRoot()
        map(target, into: target, width) { $0 * scale }
        inverse[row] = scale
      }
    }
  }
  return (result, inverse)
}

/// Gradient of `normalisedRows`: `(g - mean(g) - n mean(g n)) / deviation`, added to `dx`.
package func addNormalisedRowsPullback(
  _ gradient: Matrix, normalised: Matrix, inverseDeviations: [Float], into dx: inout Matrix
) {
  precondition(gradient.hasShape(of: normalised) && dx.hasShape(of: normalised), "shapes differ")
  let (rows, width) = (normalised.rows, normalised.columns)
  dx.scalars.withUnsafeMutableBufferPointer { dx in
    gradient.scalars.withUnsafeBufferPointer { g in
      normalised.scalars.withUnsafeBufferPointer { n in
        guard let dxBase = dx.baseAddress, let gBase = g.baseAddress, let nBase = n.baseAddress
        else { return }
        for row in 0..<rows {
          let (g, n) = (gBase + row * width, nBase + row * width)
          let scale = inverseDeviations[row]
          let mean = sumOf(g, width) / Float(width)
          let slope = dot(g, n, width) / Float(width)
          accumulate(scale, g, into: dxBase + row * width, width)
          accumulate(-scale * slope, n, into: dxBase + row * width, width)
          let target = dxBase + row * width
          map(target, into: target, width) { $0 - scale * mean }
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
        for row in 0..<rows {
          addProduct(xBase + row * width, gBase, into: yBase + row * width, width)
        }
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
        for row in 0..<rows {
          addProduct(xBase + row * width, zBase + row * width, into: yBase, width)
        }
      }
    }
  }
}

@inline(__always)
private func addProduct(_ x: Input, _ z: Input, into y: Output, _ count: Int) {
  var i = 0
  while i + 16 <= count {
    store(fused(load(x, i), load(z, i), load(y, i)), y, i)
    i += 16
  }
  while i < count {
    y[i] += x[i] * z[i]
    i += 1
  }
}
