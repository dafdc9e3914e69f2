import CKernels

/// The numbers of one step of Adam (Kingma and Ba 2015) with decoupled weight decay on `p`.
///
/// `m = b1 m + (1 - b1) g`, `v = b2 v + (1 - b2) g^2`,
/// `p -= rate * (m / c1 / (sqrt(v / c2) + epsilon) + decay * p)`
package struct AdamStep: Sendable {
  private let numbers: fader_adam

  /// - Parameters:
  ///   - gradientScale: what the gradient is multiplied by first (clipping).
  ///   - rate, decay, epsilon: the usual.
  ///   - first, second: b1 and b2.
  ///   - corrections: c1 and c2, `1 - b^t`.
  package init(
    gradientScale: Float, rate: Float, decay: Float, epsilon: Float, first: Float, second: Float,
    corrections: (Float, Float)
  ) {
    numbers = fader_adam(
      scale: gradientScale, step: rate / corrections.0, decay: rate * decay, epsilon: epsilon,
      first: first, second: second, root_correction: 1 / corrections.1.squareRoot())
  }

  /// Moves some scalars of one parameter: a row of an embedding table.
  ///
  /// - Parameters:
  ///   - range: the scalars to update.
  ///   - gradientOffset: where in `g` the range starts.
  package func move(
    _ p: inout [Float], _ m: inout [Float], _ v: inout [Float], gradient g: [Float],
    range: Range<Int>, gradientOffset: Int
  ) {
    precondition(
      range.lowerBound >= 0 && range.upperBound <= p.count && m.count == p.count
        && v.count == p.count && gradientOffset >= 0 && gradientOffset + range.count <= g.count,
      "Adam's arrays do not fit")
    p.withUnsafeMutableBufferPointer { p in
      m.withUnsafeMutableBufferPointer { m in
        v.withUnsafeMutableBufferPointer { v in
          g.withUnsafeBufferPointer { g in
            guard let p = p.baseAddress, let m = m.baseAddress, let v = v.baseAddress,
              let g = g.baseAddress
            else { return }
            let at = range.lowerBound
            update(p + at, m + at, v + at, g + gradientOffset, 0..<range.count)
          }
        }
      }
    }
  }

  /// Moves all parameters that have a gradient, shared out over the workers; no number depends on
  /// another, so their count changes nothing.
  package func move(
    _ p: inout [Matrix], _ m: inout [Matrix], _ v: inout [Matrix], gradients: [Matrix?],
    workers: Workers
  ) {
    precondition(
      p.count == gradients.count && m.count == p.count && v.count == p.count
        && p.indices.allSatisfy { i in
          m[i].hasShape(of: p[i]) && v[i].hasShape(of: p[i])
            && (gradients[i].map { $0.hasShape(of: p[i]) } ?? true)
        }, "Adam's matrices do not fit")
    let present = gradients.indices.filter { gradients[$0] != nil }
    let pieces = Pieces(present.map { p[$0].scalars.count })
    let shared = Shared(
      pointer: (
        p: mutablePointers(&p, present), m: mutablePointers(&m, present),
        v: mutablePointers(&v, present)
      ))
    workers.forEach(pieces.count) { i in
      let (place, range) = pieces[i]
      let at = shared.pointer
      gradients[present[place]]?.scalars.withUnsafeBufferPointer { g in
        guard let g = g.baseAddress else { return }
        update(at.p[place], at.m[place], at.v[place], g, range)
      }
    }
  }

  private func update(_ p: Output, _ m: Output, _ v: Output, _ g: Input, _ range: Range<Int>) {
    let at = range.lowerBound
    withUnsafePointer(to: numbers) { numbers in
      kernels.pointee.adam(numbers, p + at, m + at, v + at, g + at, range.count)
    }
  }
}
