/// Mean and variance of a stream of numbers (Welford, Technometrics 1962).
struct RunningMoments: Sendable {
  private(set) var count = 0
  private(set) var mean = 0.0
  private var squares = 0.0

  mutating func add(_ value: Double) {
    count += 1
    let before = value - mean
    mean += before / Double(count)
    squares += before * (value - mean)
  }

  /// Population standard deviation; 1 for a constant (or an empty) stream, so that dividing by
  /// it leaves such a field at 0 instead of blowing up rounding noise.
  var deviation: Double {
    guard count > 0 else { return 1 }
    let deviation = (squares / Double(count)).squareRoot()
    return deviation > 1e-12 * abs(mean) ? deviation : 1
  }
}
