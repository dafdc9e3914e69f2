import Yams

extension YAMLNode {
  /// Aliases of aliases grow exponentially; no honest configuration comes near this many values.
  private static let maximumNodes = 1_000_000

  /// Reads one document; an empty one is an empty mapping.
  ///
  /// - Parameter lines: false for overrides, whose lines say nothing.
  static func parse(
    _ text: String, source: String, path: [String] = [], lines: Bool = true
  ) throws(ConfigurationError) -> YAMLNode {
    let composed: Node?
    do {
      composed = try Yams.compose(yaml: text)
    } catch {
      throw syntaxFault(error, text: text, source: source, path: path, lines: lines)
    }
    guard let composed else {
      return YAMLNode(
        content: .mapping([]), origin: Origin(source: source, line: lines ? 1 : nil, column: nil))
    }
    var conversion = Conversion(source: source, lines: lines, budget: maximumNodes)
    return try conversion.convert(composed, path: path)
  }

  private struct Conversion {
    var source: String
    var lines: Bool
    var budget: Int

    mutating func convert(_ node: Node, path: [String]) throws(ConfigurationError) -> YAMLNode {
      let place = origin(node)
      budget -= 1
      guard budget >= 0 else {
        throw ConfigurationError(
          at: place, path: path, expected: "a document of ordinary size",
          got: "aliases that expand to over \(maximumNodes) values", remedy: "write them out")
      }
      switch node {
      case .scalar(let scalar):
        try refuseTag(scalar.tag, besides: .str, place, path)
        let plain = scalar.style == .plain && scalar.tag != Tag(.str)
        return YAMLNode(content: .scalar(scalar.string, plain: plain), origin: place)
      case .sequence(let sequence):
        try refuseTag(sequence.tag, besides: .seq, place, path)
        var items: [YAMLNode] = []
        for (index, item) in sequence.enumerated() {
          items.append(try convert(item, path: path + [String(index)]))
        }
        return YAMLNode(content: .sequence(items), origin: place)
      case .mapping(let mapping):
        try refuseTag(mapping.tag, besides: .map, place, path)
        return YAMLNode(content: .mapping(try entries(of: mapping, path: path)), origin: place)
      case .alias:
        throw ConfigurationError(at: place, path: path, expected: "a value", got: "an open alias")
      }
    }

    private mutating func entries(
      of mapping: Node.Mapping, path: [String]
    ) throws(ConfigurationError) -> [Entry] {
      var entries: [Entry] = []
      var firstLine: [String: Int] = [:]
      for (key, value) in mapping {
        let place = origin(key)
        guard case .scalar(let scalar) = key, scalar.string != "<<", !scalar.string.isEmpty else {
          let merge = key.scalar?.string == "<<"
          throw ConfigurationError(
            at: place, path: path, expected: "a name as key",
            got: merge ? "a merge key '<<'" : "a key that is empty, a list or a mapping",
            remedy: merge ? "write the keys out, or use an alias for the whole value" : "")
        }
        if let first = firstLine[scalar.string] {
          throw duplicate(scalar.string, place, first: first, path: path)
        }
        firstLine[scalar.string] = place.line ?? 0
        let child = try convert(value, path: path + [scalar.string])
        entries.append(Entry(key: scalar.string, origin: place, value: child))
      }
      return entries
    }

    private func duplicate(
      _ key: String, _ place: Origin, first: Int, path: [String]
    ) -> ConfigurationError {
      ConfigurationError(
        at: place, path: path + [key], expected: "each key once",
        got: "'\(key)' again (first on line \(first))", remedy: "remove one of them")
    }

    private func refuseTag(
      _ tag: Tag, besides usual: Tag.Name, _ place: Origin, _ path: [String]
    ) throws(ConfigurationError) {
      guard tag != .implicit, tag != Tag(usual) else { return }
      throw ConfigurationError(
        at: place, path: path, expected: "a value without a tag", got: "the tag \(tag)",
        remedy: "remove the tag: the kind of value follows from the key")
    }

    private func origin(_ node: Node) -> Origin {
      Origin(
        source: source, line: lines ? node.mark?.line : nil,
        column: lines ? node.mark?.column : nil)
    }
  }
}
