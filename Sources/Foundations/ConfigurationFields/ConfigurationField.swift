/// One key of a section: its name in the file, the property behind it, and what a reader should
/// know.
package struct ConfigurationField<Owner: Configurable>: Sendable {
  /// When a key is written.
  package enum Writing: Sendable {
    case always
    /// Only with another value than the default, so that files and checkpoints from before the key
    /// existed stay the same byte for byte.
    case ifChanged
  }

  package let key: String
  let read: @Sendable (KeyedDecodingContainer<ConfigurationKey>, inout Owner) throws -> Void
  let write: @Sendable (Owner, inout KeyedEncodingContainer<ConfigurationKey>) throws -> Void
  let faults: @Sendable (_ owner: Owner, _ path: String) -> [ConfigurationFault]
  let describe: @Sendable (_ defaults: Owner) -> KeyDescription

  /// - Parameters:
  ///   - key: in snake case.
  ///   - meaning: full sentences for someone who has not seen the code.
  ///   - bounds: of the number, or of each number of a list or mapping.
  ///   - unit: in the plural, such as `steps` or `seconds`.
  ///   - isRequired: a section without the key is a fault.
  ///   - remedy: said with a value out of bounds.
  package init<Value: ConfigurationValue>(
    _ key: String, _ path: any (WritableKeyPath<Owner, Value> & Sendable), _ meaning: String,
    _ bounds: ConfigurationBounds = .any, unit: String? = nil, isRequired: Bool = false,
    writing: Writing = .always, remedy: String = ""
  ) {
    self.key = key
    let name = ConfigurationKey(stringValue: key)
    var bounds = bounds
    bounds.unit = unit
    let limits = bounds
    read = { container, owner in
      if isRequired {
        owner[keyPath: path] = try container.decode(Value.self, forKey: name)
      } else {
        try owner[keyPath: path].take(from: container, name)
      }
    }
    write = { owner, container in
      let value = owner[keyPath: path]
      if writing == .ifChanged, value == Owner()[keyPath: path] { return }
      try value.write(to: &container, name)
    }
    faults = { owner, place in
      owner[keyPath: path].faults(at: place, within: limits).map { $0.advising(remedy) }
    }
    describe = { defaults in
      let value = defaults[keyPath: path]
      return KeyDescription(
        key: key, meaning: meaning, bounds: limits, isRequired: isRequired,
        standard: isRequired ? nil : value.literal,
        form: Value.form(defaults: isRequired ? nil : value))
    }
  }

  /// The keys of a part that stand directly in the owner's section.
  package static func group<Part: Configurable>(
    _ path: any (WritableKeyPath<Owner, Part> & Sendable)
  ) -> [ConfigurationField] {
    Part.fields.map { ConfigurationField(part: $0, at: path) }
  }

  private init<Part: Configurable>(
    part: ConfigurationField<Part>, at path: any (WritableKeyPath<Owner, Part> & Sendable)
  ) {
    key = part.key
    read = { try part.read($0, &$1[keyPath: path]) }
    write = { try part.write($0[keyPath: path], &$1) }
    faults = { part.faults($0[keyPath: path], $1) }
    describe = { part.describe($0[keyPath: path]) }
  }
}
