/// `e^x` lane by lane, within 2 units in the last place over the range of Float.
///
/// Range reduction by `x = n ln 2 + r`, |r| <= ln(2) / 2, a polynomial of degree 7 for `e^r` and the
/// exponent put in by bits (coefficients: Cephes' expf). Below -87.3 the result is the smallest
/// normal's neighbourhood rather than a subnormal, above 88.3 it stays finite; NaN stays NaN, so that
/// a diverged model cannot pass for a confident one.
///
/// Transparent, since a call would pass the sixteen lanes in pieces and compute on the pieces.
@_transparent
func exponential(_ x: Lanes) -> Lanes {
  // Two selects; the library's `clamped` is a call per register.
  let (low, high) = (Lanes(repeating: -87.3), Lanes(repeating: 88.3))
  let raised = x.replacing(with: low, where: x .< low)
  let bounded = raised.replacing(with: high, where: raised .> high)
  // Adding 1.5 * 2^23 rounds to a whole number and leaves it in the low bits of the sum: several
  // times faster than the library's lane-by-lane conversion.
  let magic = Lanes(repeating: 12_582_912)
  let shifted = fused(bounded, Lanes(repeating: 1.442_695_04), magic)
  let n = shifted - magic
  var r = fused(n, Lanes(repeating: -0.693_359_375), bounded)
  r = fused(n, Lanes(repeating: 2.121_944_4e-4), r)
  var p = Lanes(repeating: 1.987_569_15e-4)
  p = fused(p, r, Lanes(repeating: 1.398_199_95e-3))
  p = fused(p, r, Lanes(repeating: 8.333_451_9e-3))
  p = fused(p, r, Lanes(repeating: 4.166_579_6e-2))
  p = fused(p, r, Lanes(repeating: 1.666_666_55e-1))
  p = fused(p, r, Lanes(repeating: 0.5))
  p = fused(p, r * r, r + 1)
  let exponent = (shifted.bits &- magic.bits &+ 127) &<< 23
  return (p * unsafeBitCast(exponent, to: Lanes.self)).replacing(with: x, where: x .!= x)
}

extension SIMD16 where Scalar == Float {
  @_transparent
  var bits: SIMD16<Int32> { unsafeBitCast(self, to: SIMD16<Int32>.self) }
}

@_transparent
func logistic(_ x: Lanes) -> Lanes { 1 / (1 + exponential(-x)) }

/// `tanh x = 2 logistic(2x) - 1`; exact to a few units of 1e-7, which is what gates need.
@_transparent
func hyperbolicTangent(_ x: Lanes) -> Lanes { 2 * logistic(2 * x) - 1 }

/// Applies `body` to `count` numbers, sixteen at a time; the tail goes through a padded register.
@inline(__always)
func map(_ x: Input, into y: Output, _ count: Int, _ body: (Lanes) -> Lanes) {
  var i = 0
  while i + 16 <= count {
    store(body(load(x, i)), y, i)
    i += 16
  }
  guard i < count else { return }
  var tail = Lanes.zero
  for j in i..<count { tail[j - i] = x[j] }
  let result = body(tail)
  for j in i..<count { y[j] = result[j - i] }
}

/// The same for two inputs.
@inline(__always)
func map(_ x: Input, _ z: Input, into y: Output, _ count: Int, _ body: (Lanes, Lanes) -> Lanes) {
  var i = 0
  while i + 16 <= count {
    store(body(load(x, i), load(z, i)), y, i)
    i += 16
  }
  guard i < count else { return }
  var first = Lanes.zero
  var second = Lanes.zero
  for j in i..<count {
    first[j - i] = x[j]
    second[j - i] = z[j]
  }
  let result = body(first, second)
  for j in i..<count { y[j] = result[j - i] }
}
