package import ConfigurationFields
package import DataSources
package import EvaluatorModel
package import Families
package import Features
package import ListPolicy
package import Objectives
package import StrictYAML

/// A whole configuration file, but for the `serving` section, which serving reads by itself.
package struct RunConfiguration: Configurable {
  package static let currentVersion = 1

  package var version = RunConfiguration.currentVersion
  package var data = DataConfiguration()
  package var schema = SchemaConfiguration()
  package var objectives: [ObjectiveConfiguration] = []
  package var evaluator = EvaluatorConfiguration()
  /// The family of the policy; its section has the same name.
  package var family = Families.standard
  /// The sections of all families.
  package var policies = FamilySections()
  package var training = TrainingConfiguration()

  package init() {}

  /// One row per section.
  package static let fields: [ConfigurationField<Self>] =
    [
      .init("version", \.version, "Version of the file's format."),
      .init("data", \.data, "Where sessions come from."),
      .init("schema", \.schema, "Which features the networks see, and how."),
      .init(
        "objectives", \.objectives,
        "What lists are wanted for: one entry per fader, at least one, in the order of the weights."
      ),
      .init("evaluator", \.evaluator, "Sizes of the networks that predict the feedback to a list."),
      .init(
        "family", \.family,
        "Family of the policy that writes lists, one of "
          + Families.names.joined(separator: ", ") + "; the section of the same name is its own."),
    ] + Families.table.map { $0.section } + [
      .init("training", \.training, "How everything is trained.")
    ]

  /// Sections of the same file that others read.
  private static let foreign = ["serving"]

  /// Reads a document, whose paths are taken as they stand.
  package init(
    _ file: YAMLDocument, overrides: [String] = [], sessions: [String] = []
  ) throws {
    var document = file
    for assignment in overrides { try document.set(assignment) }
    try document.requireTopLevelKeys(among: Self.fields.map(\.key) + Self.foreign)
    let given = try document.decodeTop("version") ?? Self.currentVersion
    guard given == Self.currentVersion else {
      throw ConfigurationErrors([
        document.fault(
          at: ["version"], expected: "version \(Self.currentVersion)", got: "\(given)",
          remedy:
            "write version: \(Self.currentVersion), after checking the file against the README"
        )
      ])
    }
    self = try document.removing(Self.foreign).decode(RunConfiguration.self)
    if !sessions.isEmpty { data.replaceSource(bySessions: sessions) }
    let faults = validate()
    guard faults.isEmpty else {
      throw RunConfigurationError(messages: faults.map { document.located($0) })
    }
  }

  /// Every fault of the values, over all sections.
  package func validate() -> [String] {
    faults().map(\.description) + ObjectiveSet.validate(objectives).map { "objectives: \($0)" }
  }

  package func faultsBetweenKeys() -> [ConfigurationFault] {
    var faults: [ConfigurationFault] = []
    if !Families.names.contains(family) {
      faults.append(
        ConfigurationFault(
          "family", expected: "one of \(Families.names.joined(separator: ", "))", got: family))
    }
    if let fixed = training.generator.weights.fixed, fixed.count != objectives.count {
      faults.append(
        ConfigurationFault(
          "training.generator.weights.fixed",
          expected: "one weight per objective (\(objectives.count))", got: "\(fixed)"))
    }
    return faults
  }

  /// The section of the family that the run trains.
  package var policy: any PolicyConfiguration { policies[family] }

  /// Of the families' sections only that of the chosen one.
  package func writes(_ key: String) -> Bool {
    key == family || !Families.names.contains(key)
  }

  /// The file that says the same with every default written out.
  package func resolved() throws -> String { try yaml(self) }
}

/// Values of a configuration that are well-formed but cannot be worked with.
package struct RunConfigurationError: Error, Sendable, Equatable, CustomStringConvertible {
  package let messages: [String]

  package var description: String { messages.joined(separator: "\n") }
}

extension YAMLDocument {
  /// A message that starts with a key path, with the file and line of that key put before it.
  fileprivate func located(_ message: String) -> String {
    let path = message.prefix { $0 != ":" }.split(separator: ".").map(String.init)
    let place = fault(at: path, expected: "", got: "")
    return place.line.map { "\(place.file):\($0): \(message)" } ?? "\(place.file): \(message)"
  }

  /// A value of the outermost mapping, nil when it is absent.
  fileprivate func decodeTop<T: Decodable>(_ key: String) throws -> T? {
    topLevelKeys.contains(key) ? try decode(T.self, at: [key]) : nil
  }
}

extension ListPolicy {
  /// The section of the family in a whole configuration.
  fileprivate static var section: ConfigurationField<RunConfiguration> {
    ConfigurationField(
      family, \.policies[family, FamilySections.Content<Configuration>()], Configuration.meaning)
  }
}
