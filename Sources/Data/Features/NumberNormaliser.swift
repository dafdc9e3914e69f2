import Foundation
import Sessions

/// A raw number as an input of the networks:
/// `z = (clamp(f(x), lower...upper) - shift) / scale`, f one of `Form`.
package struct NumberNormaliser: Sendable, Hashable {
  /// What is done to a number first.
  package enum Form: Sendable, Hashable {
    case identity
    /// sign(x) * log(1 + |x|): tames long tails on both sides and keeps 0 and the order.
    case log
    /// log(x / (1 - x)) of a chance, which is kept away from 0 and 1.
    case logit

    func callAsFunction(_ value: Double) -> Double {
      switch self {
      case .identity: value
      case .log: value < 0 ? -log1p(-value) : log1p(value)
      case .logit: Self.logOdds(min(max(value, Self.leastChance), 1 - Self.leastChance))
      }
    }

    private static let leastChance = 1e-4

    private static func logOdds(_ chance: Double) -> Double {
      Foundation.log(chance / (1 - chance))
    }
  }

  package var form: Form
  /// In the units of f(x), as are all that follow.
  package var lower: Double
  package var upper: Double
  package var shift: Double
  package var scale: Double

  package init(form: Form, lower: Double, upper: Double, shift: Double, scale: Double) {
    self.form = form
    self.lower = lower
    self.upper = upper
    self.shift = shift
    self.scale = scale
  }

  /// z of a finite number.
  package func normalised(_ value: Double) -> Float {
    let z = (min(max(form(value), lower), upper) - shift) / scale
    return Float(min(max(z, -NumberNormaliser.largest), NumberNormaliser.largest))
  }

  /// Magnitude beyond which a number is no measurement; a Float holds it with room to spare.
  static let largest = 1e30
}

extension NumberNormaliser: Codable {
  private enum CodingKeys: String, CodingKey {
    case log, logit, lower, upper, shift, scale
  }

  package init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    let isLogit = try values.decodeIfPresent(Bool.self, forKey: .logit) ?? false
    self.init(
      form: isLogit ? .logit : try values.decode(Bool.self, forKey: .log) ? .log : .identity,
      lower: try values.decode(Double.self, forKey: .lower),
      upper: try values.decode(Double.self, forKey: .upper),
      shift: try values.decode(Double.self, forKey: .shift),
      scale: try values.decode(Double.self, forKey: .scale))
  }

  /// `logit` stands only where it is true: schemas from before it existed stay as they are.
  package func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(form == .log, forKey: .log)
    if form == .logit { try values.encode(true, forKey: .logit) }
    try values.encode(lower, forKey: .lower)
    try values.encode(upper, forKey: .upper)
    try values.encode(shift, forKey: .shift)
    try values.encode(scale, forKey: .scale)
  }
}

extension FeatureValue {
  /// The value as a number to compute with; NaN, infinities and absurd magnitudes are missing.
  var finiteNumber: Double? {
    guard let number, abs(number) <= NumberNormaliser.largest else { return nil }
    return number
  }
}
