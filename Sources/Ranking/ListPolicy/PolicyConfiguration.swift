/// A family's own section of a configuration file, and of a checkpoint's bundle.
public protocol PolicyConfiguration: Codable, Sendable, Equatable {
  /// All defaults.
  init()

  /// Every fault of the values, worded for the user and starting with the key's path in the file;
  /// empty when there is none.
  func validate() -> [String]
}

extension PolicyConfiguration {
  /// Whether the other section is of the same family and says the same.
  package func equals(_ other: any PolicyConfiguration) -> Bool { other as? Self == self }
}
