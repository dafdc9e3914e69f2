/// Where a piece of configuration was written.
struct Origin: Sendable, Hashable {
  /// A file's name, or the whole text of an override.
  var source: String
  /// From 1; nil for overrides and for sections that nobody wrote.
  var line: Int?
  var column: Int?
}

extension ConfigurationError {
  init(
    at origin: Origin, path: [String], expected: String, got: String, remedy: String = ""
  ) {
    self.init(
      file: origin.source, line: origin.line, column: origin.column,
      keyPath: path.joined(separator: "."), expected: expected, got: got, remedy: remedy)
  }
}
