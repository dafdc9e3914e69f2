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
    map(base, into: base, y.count) { $0 * alpha }
  }
}

/// Sum of squares in Double, for gradient norms; the same with any number of workers.
package func sumOfSquares(_ x: [Float], workers: Workers = Workers(1)) -> Double {
  // Float within runs, Double across them: fast, and exact enough at any length.
  let run = 4096
  return x.withUnsafeBufferPointer { x in
    guard let base = x.baseAddress else { return 0 }
    let shared = Shared(pointer: base)
    let (count, perPiece) = (x.count, Workers.piece / run)
    let runs = (count + run - 1) / run
    let sums = workers.map((runs + perPiece - 1) / perPiece) { piece in
      (piece * perPiece..<min(runs, (piece + 1) * perPiece)).map { i in
        let start = shared.pointer + i * run
        return Double(dot(start, start, min(run, count - i * run)))
      }
    }
    return sums.reduce(0) { $1.reduce($0, +) }
  }
}

/// `parts[0] + parts[1] + ...`, in that order, elementwise.
package func sum(_ parts: [[Float]], workers: Workers) -> [Float] {
  guard let first = parts.first else { return [] }
  precondition(parts.allSatisfy { $0.count == first.count }, "summing arrays of different sizes")
  return [Float](unsafeUninitializedCapacity: first.count) { y, initialised in
    initialised = first.count
    guard let base = y.baseAddress else { return }
    let target = Shared(pointer: base)
    workers.forEachPiece(of: first.count) { range in
      let y = target.pointer + range.lowerBound
      for (i, part) in parts.enumerated() {
        part.withUnsafeBufferPointer { part in
          guard let x = part.baseAddress else { return }
          if i == 0 {
            y.update(from: x + range.lowerBound, count: range.count)
          } else {
            accumulate(x + range.lowerBound, into: y, range.count)
          }
        }
      }
    }
  }
}

/// The functions of one variable that the networks use.
package enum Activation: String, Sendable, CaseIterable, Codable {
  case relu, tanh, sigmoid

  /// `f(x)`
  package func apply(to x: [Float]) -> [Float] {
    [Float](unsafeUninitializedCapacity: x.count) { y, initialised in
      initialised = x.count
      guard let yBase = y.baseAddress else { return }
      x.withUnsafeBufferPointer { x in
        guard let xBase = x.baseAddress else { return }
        switch self {
        case .relu: map(xBase, into: yBase, x.count) { $0.replacing(with: 0, where: $0 .< 0) }
        case .tanh: map(xBase, into: yBase, x.count) { hyperbolicTangent($0) }
        case .sigmoid: map(xBase, into: yBase, x.count) { logistic($0) }
        }
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
          switch self {
          case .relu:
            map(dyBase, yBase, into: out, y.count) { $0.replacing(with: 0, where: $1 .<= 0) }
          case .tanh: map(dyBase, yBase, into: out, y.count) { $0 * (1 - $1 * $1) }
          case .sigmoid: map(dyBase, yBase, into: out, y.count) { $0 * $1 * (1 - $1) }
          }
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
        map(a, b, into: y, count) { $0 * $1 }
      }
    }
  }
  return result
}
