extension YAMLDocument {
  /// Overrides one value: `training.generator.steps=500`.
  ///
  /// The value is YAML: a scalar, `[1, 2]` or `{a: b}`; nothing after `=` means null. Missing
  /// mappings are made; a number as path component names a position of a list, from 0.
  package mutating func set(_ assignment: String) throws(ConfigurationErrors) {
    let source = "--set \(assignment)"
    do throws(ConfigurationError) {
      guard let equals = assignment.firstIndex(of: "=") else {
        throw ConfigurationError(file: source, expected: "key=value", got: "no '='")
      }
      let path = assignment[..<equals].split(separator: ".", omittingEmptySubsequences: false)
        .map(String.init)
      guard path.allSatisfy({ !$0.isEmpty }) else {
        throw ConfigurationError(
          file: source, expected: "key=value with a dotted key such as training.steps",
          got: "an empty part in '\(assignment[..<equals])'")
      }
      let text = String(assignment[assignment.index(after: equals)...])
      let blank = text.allSatisfy(\.isWhitespace)
      let value =
        blank
        ? YAMLNode.null(Origin(source: source))
        : try YAMLNode.parse(text, source: source, path: path, lines: false)
      try root.assign(value, at: path[...], full: path, source: source)
    } catch {
      throw ConfigurationErrors([error])
    }
  }
}

extension YAMLNode {
  fileprivate mutating func assign(
    _ value: YAMLNode, at path: ArraySlice<String>, full: [String], source: String
  ) throws(ConfigurationError) {
    guard let key = path.first else {
      self = value
      return
    }
    if case .sequence(var items) = content {
      guard let index = Int(key), items.indices.contains(index) else {
        let parent = full.prefix(full.count - path.count)
        throw ConfigurationError(
          file: source, keyPath: parent.joined(separator: "."),
          expected: "a position from 0 to \(items.count - 1)", got: "'\(key)'",
          remedy: "to replace the whole list, give it as [a, b]")
      }
      try items[index].assign(value, at: path.dropFirst(), full: full, source: source)
      content = .sequence(items)
      return
    }
    guard var entries else {
      let parent = full.prefix(full.count - path.count)
      throw ConfigurationError(
        file: source, keyPath: parent.joined(separator: "."),
        expected: "a mapping to set '\(key)' in", got: summary,
        remedy: "check the path before '\(key)'")
    }
    let place = Origin(source: source)
    let index = entries.firstIndex { $0.key == key } ?? entries.count
    if index == entries.count {
      let empty = YAMLNode(content: .mapping([]), origin: place)
      entries.append(Entry(key: key, origin: place, value: empty))
    }
    // The last key of an override, when unknown, is the override's fault and not the file's.
    if path.count == 1 { entries[index].origin = place }
    try entries[index].value.assign(value, at: path.dropFirst(), full: full, source: source)
    content = .mapping(entries)
  }
}
