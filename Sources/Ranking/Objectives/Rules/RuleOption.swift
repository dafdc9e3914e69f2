package import ConfigurationFields

/// A number that may stand beside a rule in a configuration, as in `{distinct: shop, window: 3}`.
package struct RuleOption: Sendable {
  package let key: String
  /// What a reader of the configuration should know, in full sentences.
  let meaning: String
  let bounds: ConfigurationBounds
  /// In the plural, such as `places`.
  let unit: String?
  /// Read and written as a whole number.
  let isWhole: Bool
  /// What a sound value is, as a fault words it.
  let expected: String
  let isSound: @Sendable (Double) -> Bool
  /// What a rule without it lacks and how to mend that; nil if it may be left out.
  let need: String?
  /// What else to do where it stands beside another rule than its own.
  let remedy: String

  /// - Parameters:
  ///   - meaning: for the reference of the configuration.
  ///   - bounds: for the reference; `isSound` decides.
  ///   - expected: as in `a share in (0, 1]`.
  ///   - need: as in `the wanted share; add target, e.g. target: 0.3`.
  ///   - remedy: appended to `target belongs to quota; remove it`.
  package init(
    _ key: String, _ meaning: String, _ bounds: ConfigurationBounds = .any, unit: String? = nil,
    isWhole: Bool = false, expected: String, need: String? = nil,
    remedy: String = "", isSound: @escaping @Sendable (Double) -> Bool
  ) {
    self.key = key
    self.meaning = meaning
    self.bounds = bounds
    self.unit = unit
    self.isWhole = isWhole
    self.expected = expected
    self.need = need
    self.remedy = remedy
    self.isSound = isSound
  }

  /// A value as it is written.
  func text(_ value: Double) -> String {
    isWhole ? Int(exactly: value).map { "\($0)" } ?? "\(value)" : "\(value)"
  }
}
