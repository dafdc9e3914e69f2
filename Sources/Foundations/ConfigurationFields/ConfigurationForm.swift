/// What may be written behind a key.
public indirect enum ConfigurationForm: Sendable {
  case wholeNumber(isSigned: Bool)
  case number
  case truth
  case text
  case choice([String])
  case list(of: ConfigurationForm)
  /// Names of the writer's choosing, each with a value of the same form.
  case map(of: ConfigurationForm)
  case section(ConfigurationSection)
  /// One form or the other.
  case either([ConfigurationForm])
}

/// A mapping with fixed keys.
public struct ConfigurationSection: Sendable {
  public var keys: [KeyDescription]
  /// Exactly one of the keys stands in a file.
  public var takesOneKey: Bool

  public init(keys: [KeyDescription], takesOneKey: Bool = false) {
    self.keys = keys
    self.takesOneKey = takesOneKey
  }
}

/// What a reader should know of a key.
public struct KeyDescription: Sendable {
  public var key: String
  public var meaning: String
  public var bounds: ConfigurationBounds
  /// A section without the key is a fault.
  public var isRequired: Bool
  /// The default; nil for a key that is left out by default.
  public var standard: (any Codable & Sendable)?
  public var form: ConfigurationForm

  public init(
    key: String, meaning: String, bounds: ConfigurationBounds = .any, isRequired: Bool = false,
    standard: (any Codable & Sendable)?, form: ConfigurationForm
  ) {
    self.key = key
    self.meaning = meaning
    self.bounds = bounds
    self.isRequired = isRequired
    self.standard = standard
    self.form = form
  }

  /// A section that a file may hold beside others.
  public init<Content: Configurable>(_ key: String, _ content: Content.Type, _ meaning: String) {
    self.init(
      key: key, meaning: meaning, standard: Content(), form: Content.form(defaults: nil))
  }
}
