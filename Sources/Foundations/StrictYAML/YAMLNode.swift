/// A YAML value with its place in the source; aliases are already replaced by what they name.
struct YAMLNode: Sendable {
  struct Entry: Sendable {
    var key: String
    var origin: Origin
    var value: YAMLNode
  }

  enum Content: Sendable {
    /// `plain` is false for quoted and block scalars, which can only be text.
    case scalar(String, plain: Bool)
    case sequence([YAMLNode])
    /// In the order of the file, no key twice.
    case mapping([Entry])
  }

  var content: Content
  var origin: Origin

  static func null(_ origin: Origin) -> YAMLNode {
    YAMLNode(content: .scalar("null", plain: true), origin: origin)
  }

  var isNull: Bool {
    if case .scalar(let text, plain: true) = content { return YAMLNode.isNullWord(text) }
    return false
  }

  static func isNullWord(_ text: String) -> Bool {
    ["", "~", "null", "Null", "NULL"].contains(text)
  }

  /// Entries of a mapping; none for null, since a section whose lines are all commented out is
  /// null to YAML but empty to its author. Nil for anything else.
  var entries: [Entry]? {
    if case .mapping(let entries) = content { return entries }
    return isNull ? [] : nil
  }

  /// The value for a key of a mapping, or for a position of a sequence.
  subscript(_ key: String) -> YAMLNode? {
    switch content {
    case .scalar: return nil
    case .mapping(let entries): return entries.first { $0.key == key }?.value
    case .sequence(let items):
      guard let index = Int(key), items.indices.contains(index) else { return nil }
      return items[index]
    }
  }

  /// The value in a few words, for the "got" of a fault.
  var summary: String {
    switch content {
    case .scalar(let text, let plain):
      if isNull { return "nothing" }
      let excerpt = text.count > 60 ? text.prefix(57) + "..." : text[...]
      return plain ? "'\(excerpt)'" : "the text \"\(excerpt)\""
    case .sequence(let items): return "a list of \(items.count)"
    case .mapping(let entries):
      if entries.isEmpty { return "an empty mapping" }
      let names = entries.prefix(3).map(\.key).joined(separator: ", ")
      return "a mapping with \(names)\(entries.count > 3 ? ", ..." : "")"
    }
  }
}
