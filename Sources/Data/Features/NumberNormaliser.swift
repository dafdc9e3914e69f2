import Foundation
import Sessions

/// A raw number as an input of the networks:
/// `z = (clamp(f(x), lower...upper) - shift) / scale`, f either the identity or
/// sign(x) * log(1 + |x|).
package struct NumberNormaliser: Codable, Sendable, Hashable {
  package var log: Bool
  /// In the units of f(x), as are all that follow.
  package var lower: Double
  package var upper: Double
  package var shift: Double
  package var scale: Double

  package init(log: Bool, lower: Double, upper: Double, shift: Double, scale: Double) {
    self.log = log
    self.lower = lower
    self.upper = upper
    self.shift = shift
    self.scale = scale
  }

  /// z of a finite number.
  package func normalised(_ value: Double) -> Float {
    let raw = log ? NumberNormaliser.signedLog(value) : value
    let z = (min(max(raw, lower), upper) - shift) / scale
    return Float(min(max(z, -NumberNormaliser.largest), NumberNormaliser.largest))
  }

  /// Magnitude beyond which a number is no measurement; a Float holds it with room to spare.
  static let largest = 1e30

  /// sign(x) * log(1 + |x|): tames long tails on both sides and keeps 0 and the order.
  static func signedLog(_ value: Double) -> Double {
    value < 0 ? -log1p(-value) : log1p(value)
  }
}

extension FeatureValue {
  /// The value as a number to compute with; NaN, infinities and absurd magnitudes are missing.
  var finiteNumber: Double? {
    guard let number, abs(number) <= NumberNormaliser.largest else { return nil }
    return number
  }
}
