/// Durations counted in fixed buckets, as Prometheus wants them.
struct Histogram: Sendable {
  /// Upper bounds in seconds: half a millisecond is the usual answer, a second a calamity.
  static let bounds = [
    0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0,
  ]

  /// One per bound and one for what is above all of them; not cumulative.
  private(set) var counts = [UInt64](repeating: 0, count: bounds.count + 1)
  private(set) var sum = 0.0

  mutating func observe(_ seconds: Double) {
    // A bound belongs to its bucket: le means "less or equal".
    let bucket = Histogram.bounds.firstIndex { seconds <= $0 } ?? Histogram.bounds.count
    counts[bucket] += 1
    sum += seconds
  }

  var count: UInt64 { counts.reduce(0, +) }
}
