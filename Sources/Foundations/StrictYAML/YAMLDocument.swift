import Foundation

/// A YAML file in memory, with the place of every value, ready to be decoded strictly.
package struct YAMLDocument: Sendable {
  var root: YAMLNode

  init(root: YAMLNode) {
    self.root = root
  }

  /// Reads a file of UTF-8 YAML with one document.
  package init(path: String) throws(ConfigurationErrors) {
    guard let data = FileManager.default.contents(atPath: path) else {
      let exists = FileManager.default.fileExists(atPath: path)
      throw ConfigurationErrors([
        ConfigurationError(
          file: path, expected: "a readable file", got: exists ? "one that cannot be read" : "none",
          remedy: exists ? "check its permissions" : "check the path")
      ])
    }
    guard let text = String(validating: data, as: UTF8.self) else {
      throw ConfigurationErrors([
        ConfigurationError(
          file: path, expected: "text in UTF-8", got: "other bytes",
          remedy: "save the file as UTF-8")
      ])
    }
    try self.init(text: text, file: path)
  }

  /// - Parameter file: how faults name the text.
  package init(text: String, file: String) throws(ConfigurationErrors) {
    do {
      let body = text.unicodeScalars.first == "\u{FEFF}" ? String(text.dropFirst()) : text
      root = try YAMLNode.parse(body, source: file)
    } catch {
      throw ConfigurationErrors([error])
    }
    guard root.entries != nil else {
      throw ConfigurationErrors([
        ConfigurationError(
          at: root.origin, path: [], expected: "a mapping of keys to values", got: root.summary)
      ])
    }
  }

  /// Keys of the outermost mapping, in the order of the file.
  package var topLevelKeys: [String] {
    (root.entries ?? []).map(\.key)
  }

  /// The value of one key as a document of its own, with the places of the original.
  package func section(_ key: String) -> YAMLDocument? {
    root[key].map(YAMLDocument.init(root:))
  }

  /// The document without some of its outermost keys.
  package func removing(_ keys: [String]) -> YAMLDocument {
    guard let entries = root.entries else { return self }
    let kept = entries.filter { !keys.contains($0.key) }
    return YAMLDocument(root: YAMLNode(content: .mapping(kept), origin: root.origin))
  }

  /// The document as YAML again: overrides applied, aliases written out, comments gone.
  package var text: String {
    root.emitted()
  }

  /// A fault about the value at a path, for checks that decoding cannot make (`validate()`).
  package func fault(
    at path: [String], expected: String, got: String? = nil, remedy: String = ""
  ) -> ConfigurationError {
    var node = root
    for key in path {
      guard let next = node[key] else { break }
      node = next
    }
    return ConfigurationError(
      at: node.origin, path: path, expected: expected, got: got ?? node.summary, remedy: remedy)
  }

  /// Throws a fault for every outermost key that is not among `known`.
  package func requireTopLevelKeys(among known: [String]) throws(ConfigurationErrors) {
    let faults = (root.entries ?? []).filter { !known.contains($0.key) }
      .map { unknownKeyFault($0, path: [], known: known) }
    if !faults.isEmpty { throw ConfigurationErrors(faults) }
  }
}
