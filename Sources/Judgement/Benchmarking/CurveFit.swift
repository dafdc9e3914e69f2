import Foundation

/// A straight line through points by least squares: `y = intercept + slope x`.
package struct LineFit: Sendable, Equatable {
  package let intercept: Double
  package let slope: Double
  /// Share of the variance of y that the line explains, at most 1; 1 where y does not vary.
  package let explained: Double

  /// - Precondition: at least two points that differ in x.
  package init(_ points: [(x: Double, y: Double)]) {
    let n = Double(points.count)
    let meanX = points.reduce(0) { $0 + $1.x } / n
    let meanY = points.reduce(0) { $0 + $1.y } / n
    let xx = points.reduce(0) { $0 + ($1.x - meanX) * ($1.x - meanX) }
    let xy = points.reduce(0) { $0 + ($1.x - meanX) * ($1.y - meanY) }
    let yy = points.reduce(0) { $0 + ($1.y - meanY) * ($1.y - meanY) }
    precondition(points.count > 1 && xx > 0, "a line needs two points that differ in x")
    slope = xy / xx
    intercept = meanY - slope * meanX
    explained = yy > 0 ? xy * xy / (xx * yy) : 1
  }
}

/// How time grows with a size: `t = factor size^order`, least squares of log t against log size.
package struct PowerFit: Sendable, Equatable {
  package let order: Double
  package let factor: Double
  /// Of the variance of log t, as in `LineFit`.
  package let explained: Double

  /// - Precondition: sizes and times above 0, at least two different sizes.
  package init(_ points: [(x: Double, y: Double)]) {
    precondition(points.allSatisfy { $0.x > 0 && $0.y > 0 }, "a logarithm needs numbers above 0")
    let line = LineFit(points.map { (x: log($0.x), y: log($0.y)) })
    order = line.slope
    factor = exp(line.intercept)
    explained = line.explained
  }
}
