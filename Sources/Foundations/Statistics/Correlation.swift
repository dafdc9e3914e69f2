/// Pearson's correlation, in -1...1.
///
/// `sum (x - mx)(y - my) / sqrt(sum (x - mx)^2 * sum (y - my)^2)`, in two passes. Nil when it is
/// undefined: fewer than two pairs, a constant side, or a value that is not finite.
package func pearson(_ x: [Double], _ y: [Double]) -> Double? {
  guard let moments = CenteredMoments(x, y), moments.xx > 0, moments.yy > 0 else { return nil }
  // One root keeps a perfect correlation at exactly 1; two roots keep extreme scales in range.
  let product = moments.xx * moments.yy
  let scale =
    product.isNormal
    ? product.squareRoot() : moments.xx.squareRoot() * moments.yy.squareRoot()
  let value = moments.xy / scale
  return value.isFinite ? min(max(value, -1), 1) : nil
}

/// Spearman's rank correlation, in -1...1: Pearson's over mean ranks, so ties are handled exactly.
///
/// 1 for any strictly increasing relation, whatever its shape. Nil when it is undefined: fewer than
/// two pairs, a constant side, or a NaN.
package func spearman(_ x: [Double], _ y: [Double]) -> Double? {
  requirePairs(x, y)
  guard let xRanks = meanRanks(x), let yRanks = meanRanks(y) else { return nil }
  return pearson(xRanks, yRanks)
}

/// Sums of centred products of two variables; a constant side has exactly 0.
struct CenteredMoments {
  let meanX: Double
  let meanY: Double
  private(set) var xx = 0.0
  private(set) var yy = 0.0
  private(set) var xy = 0.0

  /// Nil for fewer than two pairs.
  init?(_ x: [Double], _ y: [Double]) {
    requirePairs(x, y)
    guard x.count >= 2 else { return nil }
    meanX = CenteredMoments.mean(x)
    meanY = CenteredMoments.mean(y)
    for i in x.indices {
      xx += (x[i] - meanX) * (x[i] - meanX)
      yy += (y[i] - meanY) * (y[i] - meanY)
      xy += (x[i] - meanX) * (y[i] - meanY)
    }
  }

  /// Rounding can give the mean of equal numbers another value than theirs (three times 0.1), and
  /// a constant would then seem to vary by an ulp.
  private static func mean(_ values: [Double]) -> Double {
    if values.allSatisfy({ $0 == values[0] }) { return values[0] }
    return values.reduce(0, +) / Double(values.count)
  }
}
