/// A least-squares line and how much of the variation it explains.
public struct LinearFit: Codable, Sendable, Equatable {
  public let slope: Double
  public let intercept: Double
  /// `1 - residual / total` sum of squares, in 0...1; nil when y is constant (0 / 0).
  public let r2: Double?

  public init(slope: Double, intercept: Double, r2: Double?) {
    self.slope = slope
    self.intercept = intercept
    self.r2 = r2
  }

  /// The line's height at `x`.
  public func value(at x: Double) -> Double { intercept + slope * x }
}

/// The ordinary least-squares line through the points.
///
/// `slope = sum (x - mx)(y - my) / sum (x - mx)^2`; the residuals sum to 0. Nil when no line is
/// determined: fewer than two points, a constant x, or a value that is not finite.
public func linearFit(_ x: [Double], _ y: [Double]) -> LinearFit? {
  guard let moments = CenteredMoments(x, y), moments.xx > 0 else { return nil }
  let slope = moments.xy / moments.xx
  let intercept = moments.meanY - slope * moments.meanX
  guard slope.isFinite, intercept.isFinite else { return nil }
  let explained = moments.xy * slope
  let r2 = moments.yy > 0 ? min(max(explained / moments.yy, 0), 1) : nil
  return LinearFit(slope: slope, intercept: intercept, r2: r2)
}
