import CKernels

// Elementwise kernels: each reads and writes whole arrays of the same length.

/// `y += x`
package func add(_ x: [Float], into y: inout [Float]) {
  precondition(x.count == y.count, "adding \(x.count) numbers to \(y.count)")
  x.withUnsafeBufferPointer { x in
    y.withUnsafeMutableBufferPointer { y in
      guard let xBase = x.baseAddress, let yBase = y.baseAddress else { return }
      accumulate(xBase, into: yBase, x.count)
    }
  }
}

/// `y += alpha x`
package func add(_ x: [Float], scaledBy alpha: Float, into y: inout [Float]) {
  precondition(x.count == y.count, "adding \(x.count) numbers to \(y.count)")
  x.withUnsafeBufferPointer { x in
    y.withUnsafeMutableBufferPointer { y in
      guard let xBase = x.baseAddress, let yBase = y.baseAddress else { return }
      accumulate(alpha, xBase, into: yBase, x.count)
    }
  }
}

/// `y *= alpha`
package func scale(_ y: inout [Float], by alpha: Float) {
  y.withUnsafeMutableBufferPointer { y in
    guard let base = y.baseAddress else { return }
    kernels.pointee.scale(alpha, base, y.count)
  }
}

/// Sum of squares in Double, for gradient norms.
package func sumOfSquares(_ x: [Float]) -> Double {
  x.withUnsafeBufferPointer { x in
    guard let base = x.baseAddress else { return 0 }
    return squaresByRun(base, x.count).reduce(0, +)
  }
}

/// Sums of squares of runs of 4096: Float within them, Double across them, which is fast, and exact
/// enough at any length.
func squaresByRun(_ x: Input, _ count: Int) -> [Double] {
  stride(from: 0, to: count, by: 4096).map { start in
    Double(kernels.pointee.dot(x + start, x + start, min(4096, count - start)))
  }
}

/// The functions of one variable that the networks use.
package enum Activation: String, Sendable, CaseIterable, Codable {
  case relu, tanh, sigmoid

  private var kernel: fader_activation {
    switch self {
    case .relu: FADER_RELU
    case .tanh: FADER_TANH
    case .sigmoid: FADER_SIGMOID
    }
  }

  /// `f(x)`
  package func apply(to x: [Float]) -> [Float] {
    [Float](unsafeUninitializedCapacity: x.count) { y, initialised in
      initialised = x.count
      guard let yBase = y.baseAddress else { return }
      x.withUnsafeBufferPointer { x in
        guard let xBase = x.baseAddress else { return }
        kernels.pointee.activate(kernel, xBase, yBase, x.count)
      }
    }
  }

  /// `dy * f'(x)`, from the output `y = f(x)`, which all three allow.
  package func pullback(_ dy: [Float], output y: [Float]) -> [Float] {
    precondition(dy.count == y.count, "\(dy.count) gradients for \(y.count) outputs")
    return [Float](unsafeUninitializedCapacity: y.count) { dx, initialised in
      initialised = y.count
      guard let out = dx.baseAddress else { return }
      y.withUnsafeBufferPointer { y in
        dy.withUnsafeBufferPointer { dy in
          guard let yBase = y.baseAddress, let dyBase = dy.baseAddress else { return }
          kernels.pointee.activate_back(kernel, dyBase, yBase, out, y.count)
        }
      }
    }
  }
}

/// `a * b`, elementwise.
package func product(_ a: Matrix, _ b: Matrix) -> Matrix {
  precondition(a.hasShape(of: b), "elementwise product of different shapes")
  var result = Matrix(uninitialisedRows: a.rows, columns: a.columns)
  let count = a.scalars.count
  result.scalars.withUnsafeMutableBufferPointer { y in
    a.scalars.withUnsafeBufferPointer { a in
      b.scalars.withUnsafeBufferPointer { b in
        guard let y = y.baseAddress, let a = a.baseAddress, let b = b.baseAddress else { return }
        kernels.pointee.multiply(a, b, y, count)
      }
    }
  }
  return result
}
