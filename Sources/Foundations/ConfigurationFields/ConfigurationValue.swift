/// What can stand behind a key.
package protocol ConfigurationValue: Codable, Equatable, Sendable {
  /// - Parameter defaults: what a section's own keys are when they are left out; nil takes the
  ///   type's.
  static func form(defaults: Self?) -> ConfigurationForm
  /// Nil when the key is absent or null.
  static func read(
    from container: KeyedDecodingContainer<ConfigurationKey>, _ key: ConfigurationKey
  ) throws -> Self?
  /// Takes over what stands behind the key; without it the value stays. Of a section that is given in part,
  /// the other keys stay, too: its owner may have other defaults than its type.
  mutating func take(
    from container: KeyedDecodingContainer<ConfigurationKey>, _ key: ConfigurationKey) throws
  func write(
    to container: inout KeyedEncodingContainer<ConfigurationKey>, _ key: ConfigurationKey) throws
  func faults(at path: String, within bounds: ConfigurationBounds) -> [ConfigurationFault]
  /// What is written for it; nil for a key that is left out.
  var literal: (any Codable & Sendable)? { get }
}

extension ConfigurationValue {
  package static func read(
    from container: KeyedDecodingContainer<ConfigurationKey>, _ key: ConfigurationKey
  ) throws -> Self? {
    try container.decodeIfPresent(Self.self, forKey: key)
  }

  package mutating func take(
    from container: KeyedDecodingContainer<ConfigurationKey>, _ key: ConfigurationKey
  ) throws {
    if let value = try Self.read(from: container, key) { self = value }
  }

  package func write(
    to container: inout KeyedEncodingContainer<ConfigurationKey>, _ key: ConfigurationKey
  ) throws {
    try container.encode(self, forKey: key)
  }

  package func faults(at path: String, within: ConfigurationBounds) -> [ConfigurationFault] { [] }

  package var literal: (any Codable & Sendable)? { self }
}

/// A choice between named values.
package protocol ConfigurationChoice: ConfigurationValue, CaseIterable, RawRepresentable
where RawValue == String {}

extension ConfigurationChoice {
  package static func form(defaults: Self?) -> ConfigurationForm {
    .choice(allCases.map(\.rawValue))
  }
}
