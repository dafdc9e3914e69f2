extension YAMLDocument {
  /// Changes the text of every scalar at a path of keys joined by dots; `*` stands for every key of a
  /// mapping and every position of a list. What is not there, or is no scalar, stays as it is.
  package mutating func rewrite(_ path: String, by change: (String) -> String) {
    let keys = path.split(separator: ".").map(String.init)
    root.rewrite(at: keys[...], by: change)
  }
}

extension YAMLNode {
  fileprivate mutating func rewrite(
    at path: ArraySlice<String>, by change: (String) -> String
  ) {
    guard let key = path.first else {
      if case .scalar(let text, let plain) = content, !isNull {
        content = .scalar(change(text), plain: plain)
      }
      return
    }
    let rest = path.dropFirst()
    switch content {
    case .scalar: break
    case .sequence(var items):
      for index in items.indices where key == "*" || key == String(index) {
        items[index].rewrite(at: rest, by: change)
      }
      content = .sequence(items)
    case .mapping(var entries):
      for index in entries.indices where key == "*" || key == entries[index].key {
        entries[index].value.rewrite(at: rest, by: change)
      }
      content = .mapping(entries)
    }
  }
}
