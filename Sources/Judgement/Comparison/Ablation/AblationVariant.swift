package import ConfigurationFields
import StrictYAML

/// A recipe that differs from the configuration in a few values.
package struct AblationVariant: Configurable {
  package var name = ""
  package var set: [String] = []

  package init() {}

  package init(name: String, set: [String]) {
    self.name = name
    self.set = set
  }

  package static let fields: [ConfigurationField<Self>] = [
    .init("name", \.name, "How the table calls the recipe.", isRequired: true),
    .init(
      "set", \.set, "What it differs in, as --set takes it: training.generator.lists=4."),
  ]
}

/// A file of variants: `base`, what all of them differ in from the configuration, and `variants`.
package struct AblationPlan: Configurable {
  package var base: [String] = []
  package var variants: [AblationVariant] = []

  package init() {}

  /// - Throws: `ConfigurationErrors`.
  package init(path: String) throws {
    self = try YAMLDocument(path: path).decode(AblationPlan.self, at: [])
  }

  package static let fields: [ConfigurationField<Self>] = [
    .init("base", \.base, "What all recipes differ in from the configuration."),
    .init("variants", \.variants, "The recipes to compare.", isRequired: true),
  ]
}
