/// A range that is likely to hold the true value.
package struct Interval: Codable, Sendable, Equatable {
  package let low: Double
  package let high: Double

  package init(low: Double, high: Double) {
    self.low = low
    self.high = high
  }
}

/// The quantile of unsorted values at `fraction` in 0...1, linear between neighbours (type 7 of
/// Hyndman and Fan, 1996); nil for no values or a NaN.
package func quantile(_ values: [Double], _ fraction: Double) -> Double? {
  guard !values.isEmpty, !values.contains(where: \.isNaN) else { return nil }
  return quantile(sorted: values.sorted(), fraction)
}

/// The central interval that holds `level` of the values; nil for no values or a NaN.
package func percentileInterval(of values: [Double], level: Double = 0.95) -> Interval? {
  precondition(level > 0 && level < 1, "an interval's level lies in 0...1, got \(level)")
  guard !values.isEmpty, !values.contains(where: \.isNaN) else { return nil }
  let sorted = values.sorted()
  return Interval(
    low: quantile(sorted: sorted, (1 - level) / 2),
    high: quantile(sorted: sorted, (1 + level) / 2))
}

private func quantile(sorted: [Double], _ fraction: Double) -> Double {
  precondition(fraction >= 0 && fraction <= 1, "a quantile lies in 0...1, got \(fraction)")
  let place = fraction * Double(sorted.count - 1)
  let below = Int(place)
  let above = min(below + 1, sorted.count - 1)
  return sorted[below] + (place - Double(below)) * (sorted[above] - sorted[below])
}
