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
///   - workers: share out a long range; no number depends on another.
package func adamStep(
  _ p: inout [Float], _ m: inout [Float], _ v: inout [Float], gradient g: [Float],
  gradientScale: Float, rate: Float, decay: Float, epsilon: Float, first: Float, second: Float,
  corrections: (Float, Float), range: Range<Int>, gradientOffset: Int,
  workers: Workers = Workers(1)
) {
  precondition(
    range.upperBound <= p.count && m.count == p.count && v.count == p.count
      && gradientOffset + range.count <= g.count, "Adam's arrays do not fit")
  let numbers = AdamNumbers(
    scale: gradientScale, step: rate / corrections.0, decay: rate * decay, epsilon: epsilon,
    first: first, second: second, rootCorrection: 1 / corrections.1.squareRoot())
  p.withUnsafeMutableBufferPointer { p in
    m.withUnsafeMutableBufferPointer { m in
      v.withUnsafeMutableBufferPointer { v in
        g.withUnsafeBufferPointer { g in
          guard let p = p.baseAddress, let m = m.baseAddress, let v = v.baseAddress,
            let g = g.baseAddress
          else { return }
          let shared = Shared(
            pointer: (
              p: p + range.lowerBound, m: m + range.lowerBound, v: v + range.lowerBound,
              g: g + gradientOffset
            ))
          workers.forEachPiece(of: range.count) { piece in
            let at = shared.pointer
            numbers.update(at.p, at.m, at.v, at.g, piece)
          }
        }
      }
    }
  }
}

private struct AdamNumbers {
  let scale: Float
  let step: Float
  let decay: Float
  let epsilon: Float
  let first: Float
  let second: Float
  let rootCorrection: Float

  func update(_ p: Output, _ m: Output, _ v: Output, _ g: Input, _ range: Range<Int>) {
    var i = range.lowerBound
    while i + 16 <= range.upperBound {
      let gradient = load(g, i) * scale
      let mean = load(m, i) * first + gradient * (1 - first)
      let square = load(v, i) * second + gradient * gradient * (1 - second)
      store(mean, m, i)
      store(square, v, i)
      let old = load(p, i)
      let change = step * mean / (square.squareRoot() * rootCorrection + epsilon)
      store(old - (change + decay * old), p, i)
      i += 16
    }
    while i < range.upperBound {
      let gradient = g[i] * scale
      m[i] = m[i] * first + gradient * (1 - first)
      v[i] = v[i] * second + gradient * gradient * (1 - second)
      p[i] -= step * m[i] / (v[i].squareRoot() * rootCorrection + epsilon) + decay * p[i]
      i += 1
    }
  }
}
