import StrictYAML

/// A recipe that differs from the configuration in a few values.
public struct AblationVariant: Codable, Sendable, Equatable {
  /// How the table calls it.
  public var name: String
  /// What it differs in, as `--set` takes it: `training.generator.lists=4`.
  public var set: [String]

  public init(name: String, set: [String]) {
    self.name = name
    self.set = set
  }

  public init(from decoder: any Decoder) throws {
    let keys = try decoder.container(keyedBy: CodingKeys.self)
    name = try keys.decode(String.self, forKey: .name)
    set = try keys.decodeIfPresent([String].self, forKey: .set) ?? []
  }

  private enum CodingKeys: String, CodingKey {
    case name, set
  }
}

/// A file of variants: `base`, what all of them differ in from the configuration, and `variants`.
public struct AblationPlan: Codable, Sendable, Equatable {
  public var base: [String]
  public var variants: [AblationVariant]

  /// - Throws: `ConfigurationErrors`.
  public init(path: String) throws {
    self = try YAMLDocument(path: path).decode(AblationPlan.self, at: [])
  }

  public init(from decoder: any Decoder) throws {
    let keys = try decoder.container(keyedBy: CodingKeys.self)
    base = try keys.decodeIfPresent([String].self, forKey: .base) ?? []
    variants = try keys.decode([AblationVariant].self, forKey: .variants)
  }

  private enum CodingKeys: String, CodingKey {
    case base, variants
  }
}
