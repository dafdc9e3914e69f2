/// A section of a configuration file: properties with defaults, and one list that says all there
/// is to say about its keys. Reading, writing, checking and documentation follow from the list.
public protocol Configurable: ConfigurationValue {
  /// One row per key, in the order in which keys are written.
  static var fields: [ConfigurationField<Self>] { get }

  /// Every key at its default. The value of a required key is a placeholder.
  init()

  /// What is wrong between keys, each fault by its key below this section; the fields check the
  /// range of each key by themselves.
  func faultsBetweenKeys() -> [ConfigurationFault]

  /// Whether a key is written at all; all are by default.
  func writes(_ key: String) -> Bool
}

extension Configurable {
  public func faultsBetweenKeys() -> [ConfigurationFault] { [] }

  public func writes(_ key: String) -> Bool { true }

  public init(from decoder: any Decoder) throws {
    self.init()
    try read(from: decoder)
  }

  /// Takes over the keys that are given; absent ones keep their values.
  public mutating func read(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: ConfigurationKey.self)
    for field in Self.fields { try field.read(container, &self) }
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: ConfigurationKey.self)
    for field in Self.fields where writes(field.key) { try field.write(self, &container) }
  }

  /// Everything that is wrong, in the order of the keys.
  ///
  /// - Parameter path: of this section in its file, empty for the file itself.
  public func faults(at path: String = "") -> [ConfigurationFault] {
    faults(at: path, within: .any)
  }

  public func faults(
    at path: String, within bounds: ConfigurationBounds
  ) -> [ConfigurationFault] {
    var between = faultsBetweenKeys()
    var faults: [ConfigurationFault] = []
    for field in Self.fields {
      faults += field.faults(self, path.isEmpty ? field.key : "\(path).\(field.key)")
      faults += between.filter { $0.firstKey == field.key }.map { $0.below(path) }
      between.removeAll { $0.firstKey == field.key }
    }
    return faults + between.map { $0.below(path) }
  }

  public static func form(defaults: Self?) -> ConfigurationForm {
    .section(ConfigurationSection(keys: keys(defaults ?? Self())))
  }

  /// What a reader should know of every key.
  ///
  /// - Parameter defaults: the values of keys that a file leaves out.
  public static func keys(_ defaults: Self = Self()) -> [KeyDescription] {
    fields.map { $0.describe(defaults) }
  }
}

/// A key of any section.
public struct ConfigurationKey: CodingKey {
  public let stringValue: String
  public var intValue: Int? { nil }

  public init(stringValue: String) { self.stringValue = stringValue }
  public init?(intValue: Int) { return nil }
}
