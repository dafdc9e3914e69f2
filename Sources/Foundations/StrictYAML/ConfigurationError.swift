/// One thing that is wrong with a configuration: where it is, what was expected, what was found.
public struct ConfigurationError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The file as it was named by the caller, or `--set a.b=v` for an override.
  public var file: String
  /// From 1; nil where there is no line to point at (a missing file, an override).
  public var line: Int?
  /// From 1, counted in Unicode scalars.
  public var column: Int?
  /// Dotted path of the key, list positions counted from 0; empty for the whole document.
  public var keyPath: String
  public var expected: String
  public var got: String
  /// What to do about it; may be empty.
  public var remedy: String

  public init(
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
  public var description: String {
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
public struct ConfigurationErrors: Error, Sendable, Hashable, CustomStringConvertible {
  public var faults: [ConfigurationError]

  public init(_ faults: [ConfigurationError]) {
    self.faults = faults
  }

  /// One fault per line.
  public var description: String {
    faults.map(\.description).joined(separator: "\n")
  }
}
