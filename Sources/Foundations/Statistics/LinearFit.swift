/// A least-squares line and how much of the variation it explains.
package struct LinearFit: Codable, Sendable, Equatable {
  package let slope: Double
  package let intercept: Double
  /// `1 - residual / total` sum of squares, in 0...1; nil when y is constant (0 / 0).
  package let r2: Double?

  package init(slope: Double, intercept: Double, r2: Double?) {
    self.slope = slope
    self.intercept = intercept
    self.r2 = r2
  }

  /// The line's height at `x`.
  package func value(at x: Double) -> Double { intercept + slope * x }
}

/// The ordinary least-squares line through the points.
///
/// `slope = sum (x - mx)(y - my) / sum (x - mx)^2`; the residuals sum to 0. Nil when no line is
/// determined: fewer than two points, a constant x, or a value that is not finite.
package func linearFit(_ x: [Double], _ y: [Double]) -> LinearFit? {
  guard let moments = CenteredMoments(x, y), moments.xx > 0 else { return nil }
  let slope = moments.xy / moments.xx
  let intercept = moments.meanY - slope * moments.meanX
  guard slope.isFinite, intercept.isFinite else { return nil }
  let explained = moments.xy * slope
  let r2 = moments.yy > 0 ? min(max(explained / moments.yy, 0), 1) : nil
  return LinearFit(slope: slope, intercept: intercept, r2: r2)
}
