import ConfigurationFields
import StrictYAML

/// A recipe that differs from the configuration in a few values.
public struct AblationVariant: Configurable {
  public var name = ""
  public var set: [String] = []

  public init() {}

  public init(name: String, set: [String]) {
    self.name = name
    self.set = set
  }

  public static let fields: [ConfigurationField<Self>] = [
    .init("name", \.name, "How the table calls the recipe.", isRequired: true),
    .init(
      "set", \.set, "What it differs in, as --set takes it: training.generator.lists=4."),
  ]
}

/// A file of variants: `base`, what all of them differ in from the configuration, and `variants`.
public struct AblationPlan: Configurable {
  public var base: [String] = []
  public var variants: [AblationVariant] = []

  public init() {}

  /// - Throws: `ConfigurationErrors`.
  public init(path: String) throws {
    self = try YAMLDocument(path: path).decode(AblationPlan.self, at: [])
  }

  public static let fields: [ConfigurationField<Self>] = [
    .init("base", \.base, "What all recipes differ in from the configuration."),
    .init("variants", \.variants, "The recipes to compare.", isRequired: true),
  ]
}
