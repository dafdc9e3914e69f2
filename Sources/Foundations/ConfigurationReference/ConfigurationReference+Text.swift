import ConfigurationFields
import StrictYAML

extension ConfigurationReference {
  /// A line per key, `training.judge.share: 0.25`, with its meaning below.
  ///
  /// - Parameter path: a key of which alone is told, with all that is below it; nil for all.
  /// - Returns: nil when there is no such key.
  package func text(_ path: String? = nil, width: Int = 100) throws -> String? {
    let entries = entries.filter { entry in
      path.map { entry.path == $0 || entry.path.hasPrefix($0 + ".") } ?? true
    }
    guard !entries.isEmpty else { return nil }
    return try entries.map { entry in
      let lines = wrapped(entry.key.sentences, width: width - 4)
      return try "\(entry.path)\(entry.value)\n" + lines.map { "    \($0)\n" }.joined()
    }.joined(separator: "\n")
  }

  /// Dotted paths of all keys.
  package var paths: [String] { entries.map(\.path) }

  private struct Entry {
    var path: String
    var key: KeyDescription

    /// What stands behind the path: a default, or that there is none.
    var value: String {
      get throws {
        if key.isRequired { return ": (required)" }
        if case .section = key.form, key.standard != nil { return "" }
        guard let standard = key.standard else { return ": (left out)" }
        if case .either = key.form { return "" }
        return try ": " + oneLine(standard)
      }
    }
  }

  private var entries: [Entry] {
    func walk(_ keys: [KeyDescription], _ path: [String]) -> [Entry] {
      keys.flatMap { key in
        let here = path + [key.key]
        return [Entry(path: here.joined(separator: "."), key: key)]
          + key.form.sections.flatMap { walk($0.section.keys, here + $0.steps) }
      }
    }
    return walk(keys, [])
  }
}

/// A value without sections inside as YAML, without the line's end.
func oneLine(_ value: any Encodable) throws -> String {
  let text = try yaml(value)
  let line = text.hasSuffix("\n") ? String(text.dropLast()) : text
  guard value is [String: any Encodable], !line.hasPrefix("{") else { return line }
  return "{" + line.split(separator: "\n").joined(separator: ", ") + "}"
}
