/// One thing that is wrong with a configuration: where it is, what was expected, what was found.
package struct ConfigurationError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The file as it was named by the caller, or `--set a.b=v` for an override.
  package var file: String
  /// From 1; nil where there is no line to point at (a missing file, an override).
  package var line: Int?
  /// From 1, counted in Unicode scalars.
  package var column: Int?
  /// Dotted path of the key, list positions counted from 0; empty for the whole document.
  package var keyPath: String
  package var expected: String
  package var got: String
  /// What to do about it; may be empty.
  package var remedy: String

  package init(
    file: String, line: Int? = nil, column: Int? = nil, keyPath: String = "", expected: String,
    got: String, remedy: String = ""
  ) {
    self.file = file
    self.line = line
    self.column = column
    self.keyPath = keyPath
    self.expected = expected
    self.got = got
    self.remedy = remedy
  }

  /// `configs/feed.yaml:12: training.steps: expected a whole number, got 'many'; ...`
  package var description: String {
    var text = file
    if let line { text += ":\(line)" }
    text += ": "
    if !keyPath.isEmpty { text += "\(keyPath): " }
    text += "expected \(expected), got \(got)"
    if !remedy.isEmpty { text += "; \(remedy)" }
    return text
  }
}

/// Everything found wrong in one go, in the order of the file.
package struct ConfigurationErrors: Error, Sendable, Hashable, CustomStringConvertible {
  package var faults: [ConfigurationError]

  package init(_ faults: [ConfigurationError]) {
    self.faults = faults
  }

  /// One fault per line.
  package var description: String {
    faults.map(\.description).joined(separator: "\n")
  }
}
