import Foundation

/// Maps data to pixels, with ticks at round numbers.
package struct LinearScale: Sendable {
  package let low: Double
  package let high: Double
  package let ticks: [Double]
  private let start: Double
  private let end: Double

  /// - Parameters:
  ///   - values: what must be visible; the ends are rounded outwards to ticks.
  ///   - pixels: where the low and the high end go; the first may be the larger.
  ///   - count: about how many steps between ticks.
  package init(covering values: [Double], pixels: (Double, Double), count: Int = 4) {
    let known = values.filter(\.isFinite)
    var low = known.min() ?? 0
    var high = known.max() ?? 1
    if high - low <= 1e-9 * max(abs(low), abs(high)) {
      // One level only: leave room around it.
      let room = low == 0 ? 1 : 0.1 * abs(low)
      low -= room
      high += room
    }
    let step = LinearScale.niceStep((high - low) / Double(count))
    let first = (low / step + 1e-9).rounded(.down)
    let last = (high / step - 1e-9).rounded(.up)
    self.low = first * step
    self.high = last * step
    ticks = stride(from: first, through: last, by: 1).map { $0 * step }
    start = pixels.0
    end = pixels.1
  }

  /// The pixel of a value.
  package func callAsFunction(_ value: Double) -> Double {
    start + (value - low) / (high - low) * (end - start)
  }

  /// The tick as text, with as many decimals as the step needs.
  package func label(_ tick: Double) -> String {
    guard ticks.count > 1 else { return Figures.plain(tick) }
    let step = ticks[1] - ticks[0]
    if step >= 1e6 || step < 1e-6 { return String(format: "%.2g", tick) }
    // 1e-9: a step of 0.01 may come out a little below it.
    let places = max(0, Int((-log10(step) - 1e-9).rounded(.up)))
    return Figures.decimals(tick, places).replacingOccurrences(of: "-", with: "−")
  }

  /// The smallest of 1, 2, 5, 10 times a power of ten that is at least `step`.
  private static func niceStep(_ step: Double) -> Double {
    let power = pow(10, log10(step).rounded(.down))
    for factor in [1, 2, 5] as [Double] where factor * power >= step * (1 - 1e-9) {
      return factor * power
    }
    return 10 * power
  }
}
