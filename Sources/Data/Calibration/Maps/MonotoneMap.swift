import Foundation

/// A strictly rising, piecewise linear map of log-odds to log-odds: the one form in which every
/// calibration is kept.
///
/// Between two knots it is the straight line, beyond the first and the last knot it goes on with
/// `slope`. Knots rise strictly in both numbers and the slope is above 0, which the initialiser
/// demands and reading checks; so no map can turn an order round.
package struct MonotoneMap: Sendable, Hashable {
  package struct Knot: Sendable, Hashable {
    package var x: Double
    package var y: Double

    package init(x: Double, y: Double) {
      self.x = x
      self.y = y
    }
  }

  /// At least one.
  package let knots: [Knot]
  /// Beyond both ends.
  package let slope: Double

  /// - Precondition: `MonotoneMap.fault(knots, slope:)` is nil.
  package init(knots: [Knot], slope: Double) {
    if let fault = Self.fault(knots, slope: slope) { preconditionFailure(fault) }
    self.knots = knots
    self.slope = slope
  }

  /// `y = slope x + intercept`
  package init(slope: Double, intercept: Double) {
    self.init(knots: [Knot(x: 0, y: intercept)], slope: slope)
  }

  /// What was recorded stays as it is.
  package static let identity = MonotoneMap(slope: 1, intercept: 0)

  /// Negatives that were kept with chance `kept` when the score was trained:
  /// `logit q = logit p + ln kept`, which is `q = p / (p + (1 - p) / kept)` (He et al., "Practical
  /// Lessons from Predicting Clicks on Ads at Facebook", 2014, section 6.3).
  ///
  /// - Precondition: `kept` is above 0 and at most 1.
  package static func negativesKept(_ kept: Double) -> MonotoneMap {
    precondition(kept > 0 && kept <= 1, "a share of negatives lies in 0...1, got \(kept)")
    return MonotoneMap(slope: 1, intercept: log(kept))
  }

  package var isIdentity: Bool { self == .identity }

  package func callAsFunction(_ x: Double) -> Double {
    let (first, last) = (knots[0], knots[knots.count - 1])
    if x <= first.x { return first.y + slope * (x - first.x) }
    if x >= last.x { return last.y + slope * (x - last.x) }
    var (low, high) = (0, knots.count - 1)
    while high - low > 1 {
      let middle = (low + high) / 2
      if knots[middle].x <= x { low = middle } else { high = middle }
    }
    let (a, b) = (knots[low], knots[high])
    // Rounding must not carry a value past the knot above it.
    return min(b.y, a.y + (x - a.x) * ((b.y - a.y) / (b.x - a.x)))
  }

  /// Why these are no strictly rising map; nil when they are one.
  static func fault(_ knots: [Knot], slope: Double) -> String? {
    guard !knots.isEmpty else { return "a map needs at least one knot, got none" }
    guard slope > 0, slope.isFinite else { return "a map's slope is above 0, got \(slope)" }
    guard knots.allSatisfy({ $0.x.isFinite && $0.y.isFinite }) else {
      return "a map's knots are finite numbers"
    }
    for (a, b) in zip(knots, knots.dropFirst()) where !(a.x < b.x && a.y < b.y) {
      return "a map's knots rise strictly, got (\(a.x), \(a.y)) before (\(b.x), \(b.y))"
    }
    return nil
  }
}

extension MonotoneMap: Codable {
  private enum CodingKeys: String, CodingKey {
    case knots, slope
  }

  package init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    let pairs = try values.decode([[Double]].self, forKey: .knots)
    let slope = try values.decode(Double.self, forKey: .slope)
    let knots = pairs.compactMap { $0.count == 2 ? Knot(x: $0[0], y: $0[1]) : nil }
    let fault =
      knots.count < pairs.count
      ? "a map's knots are pairs of numbers" : Self.fault(knots, slope: slope)
    if let fault {
      throw DecodingError.dataCorruptedError(
        forKey: .knots, in: values, debugDescription: fault)
    }
    self.init(knots: knots, slope: slope)
  }

  package func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(knots.map { [$0.x, $0.y] }, forKey: .knots)
    try values.encode(slope, forKey: .slope)
  }
}
