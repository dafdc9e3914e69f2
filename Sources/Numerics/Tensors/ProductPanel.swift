/// The right factor of a product as it is stored.
struct RightFactor {
  let base: Input
  let stride: Int
  /// Stored `[n, k]` instead of `[k, n]`.
  let isTransposed: Bool
}

/// Copies steps `p ..< p + depth` of columns `j ..< j + count` of the right factor into `panel`,
/// `[depth, width]` with zeros past `count`; width is a multiple of 16.
///
/// A strip of a wide matrix touches a page and a cache set per step; packed, it streams.
func pack(
  _ right: RightFactor, step p: Int, depth: Int, column j: Int, count: Int, width: Int,
  into panel: Output
) {
  if count < width { panel.update(repeating: 0, count: depth * width) }
  guard right.isTransposed else {
    for q in 0..<depth {
      let source = right.base + (p + q) * right.stride + j
      let target = panel + q * width
      if count == width {
        for at in stride(from: 0, to: width, by: 16) { store(load(source, at), target, at) }
      } else {
        target.update(from: source, count: count)
      }
    }
    return
  }
  var first = 0
  while first < count {
    let rows = min(16, count - first)
    let source = right.base + (j + first) * right.stride + p
    var q = 0
    if rows == 16 {
      while q + 16 <= depth {
        transposeSixteen(source + q, right.stride, into: panel + q * width + first, width)
        q += 16
      }
    }
    while q < depth {
      for row in 0..<rows { panel[q * width + first + row] = source[row * right.stride + q] }
      q += 1
    }
    first += 16
  }
}

/// Transposes a square of sixteen in registers: four rounds of pairing row i with row i + 8.
@inline(__always)
func transposeSixteen(_ x: Input, _ xStride: Int, into y: Output, _ yStride: Int) {
  var rows = InlineArray<16, Lanes>(repeating: .zero)
  for i in 0..<16 { rows[i] = load(x + i &* xStride, 0) }
  for _ in 0..<4 {
    var paired = InlineArray<16, Lanes>(repeating: .zero)
    for i in 0..<8 {
      let (a, b) = (rows[i], rows[i &+ 8])
      paired[2 &* i] = interleaved(a.lowHalf, b.lowHalf)
      paired[2 &* i &+ 1] = interleaved(a.highHalf, b.highHalf)
    }
    rows = paired
  }
  for i in 0..<16 { store(rows[i], y + i &* yStride, 0) }
}

/// `a_0 b_0 a_1 b_1 ...`
@inline(__always)
private func interleaved(_ a: SIMD8<Float>, _ b: SIMD8<Float>) -> Lanes {
  var result = Lanes.zero
  result.evenHalf = a
  result.oddHalf = b
  return result
}
