import Foundation

/// A logarithmic axis over a range of numbers above 0.
package struct LogAxis: Sendable {
  package let range: ClosedRange<Double>
  /// Where it is labelled.
  package let ticks: [Double]

  /// - Parameters:
  ///   - range: one of a single number is widened to twice and half of it.
  ///   - values: become the ticks if they are few.
  package init(_ range: ClosedRange<Double>, values: [Double] = []) {
    precondition(range.lowerBound > 0, "a logarithmic axis starts above 0, got \(range)")
    self.range =
      range.lowerBound < range.upperBound
      ? range : range.lowerBound / 2...range.upperBound * 2
    let distinct = Set(values).sorted()
    ticks = (1...5).contains(distinct.count) ? distinct : Self.ticks(in: self.range)
  }

  /// 0 at the lower end, 1 at the upper one.
  package func place(of value: Double) -> Double {
    log(value / range.lowerBound) / log(range.upperBound / range.lowerBound)
  }

  /// Powers of ten; where fewer than three fit also their 2- and 5-fold.
  private static func ticks(in range: ClosedRange<Double>) -> [Double] {
    let decades =
      Int(
        log10(range.lowerBound).rounded(.down))...Int(
        log10(range.upperBound).rounded(.up))
    func ticks(_ steps: [Double]) -> [Double] {
      decades.flatMap { decade in
        steps.map { decade < 0 ? $0 / pow(10, -Double(decade)) : $0 * pow(10, Double(decade)) }
      }
      .filter(range.contains)
    }
    let powers = ticks([1])
    return powers.count > 2 ? powers : ticks([1, 2, 5])
  }
}
