/// What may be written behind a key.
package indirect enum ConfigurationForm: Sendable {
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
package struct ConfigurationSection: Sendable {
  package var keys: [KeyDescription]
  /// Exactly one of the keys stands in a file.
  package var takesOneKey: Bool

  package init(keys: [KeyDescription], takesOneKey: Bool = false) {
    self.keys = keys
    self.takesOneKey = takesOneKey
  }
}

/// What a reader should know of a key.
package struct KeyDescription: Sendable {
  package var key: String
  package var meaning: String
  package var bounds: ConfigurationBounds
  /// A section without the key is a fault.
  package var isRequired: Bool
  /// The default; nil for a key that is left out by default.
  package var standard: (any Codable & Sendable)?
  package var form: ConfigurationForm

  package init(
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
  package init<Content: Configurable>(_ key: String, _ content: Content.Type, _ meaning: String) {
    self.init(
      key: key, meaning: meaning, standard: Content(), form: Content.form(defaults: nil))
  }
}
