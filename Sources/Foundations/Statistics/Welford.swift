/// Running mean and variance of a stream, without keeping it.
///
/// Welford's update (Technometrics 1962), which does not cancel when the mean is large against the
/// spread; `merge` joins two streams (Chan, Golub and LeVeque, 1979).
package struct Welford: Sendable, Equatable {
  package private(set) var count = 0
  private var runningMean = 0.0
  private var squares = 0.0

  package init() {}

  /// Adds one value.
  package mutating func add(_ value: Double) {
    count += 1
    let distance = value - runningMean
    runningMean += distance / Double(count)
    squares += distance * (value - runningMean)
  }

  /// Adds all that another accumulator has seen.
  package mutating func merge(_ other: Welford) {
    guard other.count > 0 else { return }
    let total = Double(count + other.count)
    let distance = other.runningMean - runningMean
    squares += other.squares + distance * distance * Double(count) * Double(other.count) / total
    runningMean += distance * Double(other.count) / total
    count += other.count
  }

  /// Nil before the first value.
  package var mean: Double? { count > 0 ? runningMean : nil }

  /// Variance of the values themselves (divided by n); nil before the first value.
  package var variance: Double? { count > 0 ? squares / Double(count) : nil }

  /// Estimate of the source's variance (divided by n - 1); nil before the second value.
  package var sampleVariance: Double? { count > 1 ? squares / Double(count - 1) : nil }
}
