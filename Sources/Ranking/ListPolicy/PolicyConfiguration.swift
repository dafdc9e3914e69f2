package import ConfigurationFields

/// A family's own section of a configuration file, and of a checkpoint's bundle.
package protocol PolicyConfiguration: Configurable {
  /// What the section is about, for the reference of the configuration.
  static var meaning: String { get }
}

extension PolicyConfiguration {
  /// Whether the other section is of the same family and says the same.
  package func equals(_ other: any PolicyConfiguration) -> Bool { other as? Self == self }
}
