/// A section of a configuration file: properties with defaults, and one list that says all there
/// is to say about its keys. Reading, writing, checking and documentation follow from the list.
package protocol Configurable: ConfigurationValue {
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
  package func faultsBetweenKeys() -> [ConfigurationFault] { [] }

  package func writes(_ key: String) -> Bool { true }

  package init(from decoder: any Decoder) throws {
    self.init()
    try read(from: decoder)
  }

  /// Takes over the keys that are given; absent ones keep their values.
  package mutating func read(from decoder: any Decoder) throws {
    try read(try decoder.container(keyedBy: ConfigurationKey.self))
  }

  package mutating func take(
    from container: KeyedDecodingContainer<ConfigurationKey>, _ key: ConfigurationKey
  ) throws {
    guard container.contains(key), try !container.decodeNil(forKey: key) else { return }
    do {
      try read(try container.nestedContainer(keyedBy: ConfigurationKey.self, forKey: key))
    } catch {
      // Told like the faults of all other values, so that they come out in the same run.
      if let value = try Self.read(from: container, key) { self = value }
    }
  }

  private mutating func read(_ container: KeyedDecodingContainer<ConfigurationKey>) throws {
    for field in Self.fields { try field.read(container, &self) }
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: ConfigurationKey.self)
    for field in Self.fields where writes(field.key) { try field.write(self, &container) }
  }

  /// Everything that is wrong, in the order of the keys.
  ///
  /// - Parameter path: of this section in its file, empty for the file itself.
  package func faults(at path: String = "") -> [ConfigurationFault] {
    faults(at: path, within: .any)
  }

  package func faults(
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

  package static func form(defaults: Self?) -> ConfigurationForm {
    .section(ConfigurationSection(keys: keys(defaults ?? Self())))
  }

  /// What a reader should know of every key.
  ///
  /// - Parameter defaults: the values of keys that a file leaves out.
  package static func keys(_ defaults: Self = Self()) -> [KeyDescription] {
    fields.map { $0.describe(defaults) }
  }
}

/// A key of any section.
package struct ConfigurationKey: CodingKey {
  package let stringValue: String
  package var intValue: Int? { nil }

  package init(stringValue: String) { self.stringValue = stringValue }
  package init?(intValue: Int) { return nil }
}
