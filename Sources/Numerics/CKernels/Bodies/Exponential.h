// e^x lane by lane, within 2 units in the last place over the range of Float.
//
// Range reduction by x = n ln 2 + r, |r| <= ln(2) / 2, a polynomial of degree 7 for e^r and the
// exponent put in by bits (coefficients: Cephes' expf). Below -87.3 the result is the smallest
// normal's neighbourhood rather than a subnormal, above 88.3 it stays finite; NaN stays NaN, so that
// a diverged model cannot pass for a confident one.
INLINE lanes exponential(lanes x) {
  lanes bounded = x < -87.3f ? repeated(-87.3f) : x;
  bounded = bounded > 88.3f ? repeated(88.3f) : bounded;
  // Adding 1.5 * 2^23 rounds to a whole number and leaves it in the low bits of the sum.
  const lanes magic = repeated(12582912.0f);
  lanes shifted = fused(bounded, repeated(1.44269504f), magic);
  lanes n = shifted - magic;
  lanes r = fused(n, repeated(-0.693359375f), bounded);
  r = fused(n, repeated(2.1219444e-4f), r);
  lanes p = repeated(1.98756915e-4f);
  p = fused(p, r, repeated(1.39819995e-3f));
  p = fused(p, r, repeated(8.3334519e-3f));
  p = fused(p, r, repeated(4.1665796e-2f));
  p = fused(p, r, repeated(1.66666655e-1f));
  p = fused(p, r, repeated(0.5f));
  p = fused(p, r * r, r + 1);
  words exponent = ((words)shifted - (words)magic + 127) << 23;
  return x != x ? x : p * (lanes)exponent;
}

INLINE lanes logistic(lanes x) { return 1 / (1 + exponential(-x)); }

// tanh x = 2 logistic(2x) - 1; exact to a few units of 1e-7, which is what gates need.
INLINE lanes hyperbolic_tangent(lanes x) { return 2 * logistic(2 * x) - 1; }
