import DataSources
import EvaluatorModel
import Features
import GeneratorModel
import Objectives
import StrictYAML

/// A whole configuration file, but for the `serving` section, which serving reads by itself.
public struct RunConfiguration: Codable, Sendable, Equatable {
  public static let version = 1

  public var version = RunConfiguration.version
  public var data = DataConfiguration()
  public var schema = SchemaConfiguration()
  public var objectives: [ObjectiveConfiguration] = []
  public var evaluator = EvaluatorConfiguration()
  public var generator = GeneratorConfiguration()
  public var training = TrainingConfiguration()

  private static let sections = [
    "version", "data", "schema", "objectives", "evaluator", "generator", "training", "serving",
  ]

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
    generator = try document.decode(GeneratorConfiguration.self, at: ["generator"])
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
      + generator.validate() + training.validate()
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
