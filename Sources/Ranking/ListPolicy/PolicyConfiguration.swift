package import ConfigurationFields
package import Sessions

/// A family's own section of a configuration file, and of a checkpoint's bundle.
package protocol PolicyConfiguration: Configurable {
  /// What the section is about, for the reference of the configuration.
  static var meaning: String { get }

  /// Raw columns that the family reads beside those of the objectives, by the key that names each; none by
  /// default. In a batch they stand behind those of the objectives, each once.
  var readings: [(key: String, column: CandidateColumn)] { get }
}

extension PolicyConfiguration {
  package var readings: [(key: String, column: CandidateColumn)] { [] }

  /// Whether the other section is of the same family and says the same.
  package func equals(_ other: any PolicyConfiguration) -> Bool { other as? Self == self }
}
