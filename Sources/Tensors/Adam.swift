/// One step of Adam (Kingma and Ba 2015) with decoupled weight decay on `p`.
///
/// `m = b1 m + (1 - b1) g`, `v = b2 v + (1 - b2) g^2`,
/// `p -= rate * (m / c1 / (sqrt(v / c2) + epsilon) + decay * p)`
///
/// - Parameters:
///   - gradientScale: what the gradient is multiplied by first (clipping).
///   - rate, decay, epsilon: the usual.
///   - first, second: b1 and b2.
///   - corrections: c1 and c2, `1 - b^t`.
///   - range: the scalars to update (one row of an embedding table, or all).
///   - gradientOffset: where in `g` the range starts.
package func adamStep(
  _ p: inout [Float], _ m: inout [Float], _ v: inout [Float], gradient g: [Float],
  gradientScale: Float, rate: Float, decay: Float, epsilon: Float, first: Float, second: Float,
  corrections: (Float, Float), range: Range<Int>, gradientOffset: Int
) {
  precondition(
    range.upperBound <= p.count && m.count == p.count && v.count == p.count
      && gradientOffset + range.count <= g.count, "Adam's arrays do not fit")
  let step = rate / corrections.0
  let rootCorrection = 1 / corrections.1.squareRoot()
  p.withUnsafeMutableBufferPointer { p in
    m.withUnsafeMutableBufferPointer { m in
      v.withUnsafeMutableBufferPointer { v in
        g.withUnsafeBufferPointer { g in
          guard let p = p.baseAddress, let m = m.baseAddress, let v = v.baseAddress,
            let g = g.baseAddress
          else { return }
          let (p0, m0, v0) = (p + range.lowerBound, m + range.lowerBound, v + range.lowerBound)
          let g0 = g + gradientOffset
          for i in 0..<range.count {
            let gradient = g0[i] * gradientScale
            let mean = m0[i] * first + gradient * (1 - first)
            let square = v0[i] * second + gradient * gradient * (1 - second)
            m0[i] = mean
            v0[i] = square
            p0[i] -=
              step * mean / (square.squareRoot() * rootCorrection + epsilon)
              + rate * decay * p0[i]
          }
        }
      }
    }
  }
}
