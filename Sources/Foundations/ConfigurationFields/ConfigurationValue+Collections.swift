extension Optional: ConfigurationValue where Wrapped: ConfigurationValue {
  package static func form(defaults: Wrapped??) -> ConfigurationForm {
    Wrapped.form(defaults: defaults ?? nil)
  }

  package static func read(
    from container: KeyedDecodingContainer<ConfigurationKey>, _ key: ConfigurationKey
  ) throws -> Wrapped?? {
    try Wrapped.read(from: container, key).map { .some($0) }
  }

  package func write(
    to container: inout KeyedEncodingContainer<ConfigurationKey>, _ key: ConfigurationKey
  ) throws {
    try self?.write(to: &container, key)
  }

  package func faults(at path: String, within bounds: ConfigurationBounds) -> [ConfigurationFault] {
    self?.faults(at: path, within: bounds) ?? []
  }

  package var literal: (any Codable & Sendable)? { self?.literal }
}

extension Array: ConfigurationValue where Element: ConfigurationValue {
  package static func form(defaults: [Element]?) -> ConfigurationForm {
    .list(of: Element.form(defaults: nil))
  }

  package func faults(at path: String, within bounds: ConfigurationBounds) -> [ConfigurationFault] {
    if bounds.isFilled, isEmpty {
      return [ConfigurationFault(path, expected: "at least one value", got: "none")]
    }
    return enumerated().flatMap { $1.faults(at: "\(path).\($0)", within: bounds) }
  }
}

extension Dictionary: ConfigurationValue where Key == String, Value: ConfigurationValue {
  package static func form(defaults: [String: Value]?) -> ConfigurationForm {
    .map(of: Value.form(defaults: nil))
  }

  package func faults(at path: String, within bounds: ConfigurationBounds) -> [ConfigurationFault] {
    if bounds.isFilled, isEmpty {
      return [ConfigurationFault(path, expected: "at least one name", got: "none")]
    }
    return sorted { $0.key < $1.key }
      .flatMap { $0.value.faults(at: "\(path).\($0.key)", within: bounds) }
  }
}
