extension YAMLDocument {
  /// Decodes the section at a path; a missing one counts as an empty mapping.
  ///
  /// Throws every fault at once: keys nobody asked for, with the nearest known one, and wrong
  /// values of keys that have a default. A wrong value of a key without one ends its section.
  package func decode<T: Decodable>(
    _ type: T.Type, at path: [String] = []
  ) throws(ConfigurationErrors) -> T {
    let journal = DecodingJournal(root: root)
    do {
      let value = try journal.read(type, section(at: path), path)
      let faults = journal.conclude()
      guard faults.isEmpty else { throw ConfigurationErrors(faults) }
      return value
    } catch let fatal as ConfigurationErrors {
      let others = journal.conclude()
      throw ConfigurationErrors(fatal.faults + others.filter { !fatal.faults.contains($0) })
    } catch {
      throw journal.located(error, path)
    }
  }

  private func section(at path: [String]) throws(ConfigurationError) -> YAMLNode {
    var node = root
    for (depth, key) in path.enumerated() {
      guard let entries = node.entries else {
        throw ConfigurationError(
          at: node.origin, path: Array(path.prefix(depth)), expected: "a mapping with '\(key)'",
          got: node.summary)
      }
      guard let next = entries.first(where: { $0.key == key })?.value else {
        return YAMLNode(
          content: .mapping([]), origin: Origin(source: root.origin.source, line: nil))
      }
      node = next
    }
    return node
  }
}
