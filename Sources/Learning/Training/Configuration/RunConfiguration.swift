import DataSources
import EvaluatorModel
import Families
import Features
import ListPolicy
import Objectives
import StrictYAML

/// A whole configuration file, but for the `serving` section, which serving reads by itself.
public struct RunConfiguration: Encodable, Sendable, Equatable {
  public static let version = 1

  public var version = RunConfiguration.version
  public var data = DataConfiguration()
  public var schema = SchemaConfiguration()
  public var objectives: [ObjectiveConfiguration] = []
  public var evaluator = EvaluatorConfiguration()
  /// The family of the policy; its section has the same name.
  public var family = Families.standard
  /// The sections of all families.
  public var policies = FamilySections()
  public var training = TrainingConfiguration()

  private static let sections =
    ["version", "data", "schema", "objectives", "evaluator", "family"] + Families.names
    + ["training", "serving"]

  public init() {}

  /// Reads a file strictly.
  ///
  /// - Parameters:
  ///   - overrides: assignments like `training.seed=2`, as `--set` gives them.
  /// - Throws: `ConfigurationErrors`, all that are found.
  public init(path: String, overrides: [String] = []) throws {
    try self.init(YAMLDocument(path: path), overrides: overrides)
  }

  public init(_ file: YAMLDocument, overrides: [String] = []) throws {
    var document = file
    for assignment in overrides { try document.set(assignment) }
    try document.requireTopLevelKeys(among: Self.sections)
    version = try document.decodeTop("version") ?? Self.version
    guard version == Self.version else {
      throw ConfigurationErrors([
        document.fault(
          at: ["version"], expected: "version \(Self.version)", got: "\(version)",
          remedy: "write version: \(Self.version), after checking the file against the README")
      ])
    }
    data = try document.decode(DataConfiguration.self, at: ["data"])
    schema = try document.decode(SchemaConfiguration.self, at: ["schema"])
    objectives = try document.decodeTop("objectives") ?? []
    evaluator = try document.decode(EvaluatorConfiguration.self, at: ["evaluator"])
    try readPolicies(document)
    training = try document.decode(TrainingConfiguration.self, at: ["training"])
    let faults = validate()
    guard faults.isEmpty else {
      throw RunConfigurationError(messages: faults.map { document.located($0) })
    }
  }

  /// Every fault of the values, over all sections.
  public func validate() -> [String] {
    data.validate() + schema.validate()
      + ObjectiveSet.validate(objectives).map { "objectives: \($0)" } + evaluator.validate()
      + Families.names.flatMap { policies[$0].validate() } + training.validate()
  }

  /// The section of the family that the run trains.
  public var policy: any PolicyConfiguration { policies[family] }

  private mutating func readPolicies(_ document: YAMLDocument) throws {
    family = try document.decodeTop("family") ?? Families.standard
    guard Families.names.contains(family) else {
      throw ConfigurationErrors([
        document.fault(
          at: ["family"], expected: "one of \(Families.names.joined(separator: ", "))",
          got: family)
      ])
    }
    for known in Families.table {
      policies[known.family] = try known.section(of: document)
    }
  }

  private struct Key: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init(_ name: String) { stringValue = name }
    init?(stringValue: String) { self.init(stringValue) }
    init?(intValue: Int) { nil }
  }

  /// As a file has it, with the section of the chosen family only.
  public func encode(to encoder: any Encoder) throws {
    var keys = encoder.container(keyedBy: Key.self)
    try keys.encode(version, forKey: Key("version"))
    try keys.encode(data, forKey: Key("data"))
    try keys.encode(schema, forKey: Key("schema"))
    try keys.encode(objectives, forKey: Key("objectives"))
    try keys.encode(evaluator, forKey: Key("evaluator"))
    try keys.encode(family, forKey: Key("family"))
    try keys.encode(policy, forKey: Key(family))
    try keys.encode(training, forKey: Key("training"))
  }

  /// The file that says the same with every default written out.
  public func resolved() throws -> String { try yaml(self) }
}

/// Values of a configuration that are well-formed but cannot be worked with.
public struct RunConfigurationError: Error, Sendable, Equatable, CustomStringConvertible {
  public let messages: [String]

  public var description: String { messages.joined(separator: "\n") }
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
  /// The family's section of a file, which must not have unknown keys.
  fileprivate static func section(of document: YAMLDocument) throws -> any PolicyConfiguration {
    try document.decode(Configuration.self, at: [family])
  }
}
