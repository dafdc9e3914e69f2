import Statistics

extension DecodingJournal {
  /// Any error as faults with a place.
  func located(_ error: any Error, _ path: [String]) -> ConfigurationErrors {
    switch error {
    case let faults as ConfigurationErrors: return faults
    case let fault as ConfigurationError: return ConfigurationErrors([fault])
    case let error as DecodingError: return located(error, path, type: nil, node: node(at: path))
    default:
      // A type's own check threw its own error: its words, our place.
      let node = node(at: path)
      return ConfigurationErrors([
        ConfigurationError(
          at: node.origin, path: path, expected: "a valid value", got: node.summary,
          remedy: "\(error)")
      ])
    }
  }

  /// Errors that the standard library or a type's `init(from:)` throws.
  func located(
    _ error: DecodingError, _ path: [String], type: Any.Type?, node: YAMLNode
  ) -> ConfigurationErrors {
    var expected = type.map { "a value for \($0)" } ?? "a valid value"
    var remedy = ""
    var place = path
    switch error {
    case .dataCorrupted(let context):
      place = context.codingPath.map(\.stringValue)
      remedy = context.debugDescription
    case .typeMismatch(_, let context), .valueNotFound(_, let context):
      place = context.codingPath.map(\.stringValue)
      remedy = context.debugDescription
    case .keyNotFound(let key, let context):
      place = context.codingPath.map(\.stringValue)
      return ConfigurationErrors([missing(key.stringValue, at: place)])
    @unknown default: remedy = "\(error)"
    }
    if let type, place == path, let choices = choices(of: type) {
      expected = "one of \(choices.joined(separator: ", "))"
      remedy = ""
      if case .scalar(let text, _) = node.content, let near = nearestName(to: text, among: choices)
      {
        remedy = "did you mean '\(near)'?"
      }
    } else if !remedy.isEmpty, place.starts(with: path) {
      // The type's own words are the expectation.
      expected = "a valid value"
    }
    let found = self.node(at: place)
    return ConfigurationErrors([
      ConfigurationError(
        at: found.origin, path: place, expected: expected, got: found.summary, remedy: remedy)
    ])
  }

  /// A key that must be there and is not, with the misspelling that probably hides it.
  func missing(_ key: String, at path: [String]) -> ConfigurationError {
    let node = node(at: path)
    let present = (node.entries ?? []).map(\.key)
    let near = nearestName(to: key, among: present)
    return ConfigurationError(
      at: node.origin, path: path + [key], expected: "a value", got: "no such key",
      remedy: near.map { "is '\($0)' a misspelling of it?" } ?? "add it")
  }

  /// The deepest value that exists on the way along a path.
  private func node(at path: [String]) -> YAMLNode {
    var node = root
    for key in path {
      guard let next = node[key] else { break }
      node = next
    }
    return node
  }

  /// The raw values of an enum that lists its cases.
  private func choices(of type: Any.Type) -> [String]? {
    func list<C: CaseIterable>(_ type: C.Type) -> [String] {
      type.allCases.map { choice in
        (choice as? any RawRepresentable).map { "\($0.rawValue)" } ?? "\(choice)"
      }
    }
    return (type as? any CaseIterable.Type).map { list($0) }
  }
}
