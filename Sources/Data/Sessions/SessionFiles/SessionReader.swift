import JSON

/// Streams the sessions of a JSON Lines file, plain or gzip.
public struct SessionReader: ~Copyable, Sendable {
  private var lines: LineReader

  public var path: String { lines.path }

  /// The number of the line that the last session came from, from 1.
  public var line: Int { lines.line }

  public init(path: String) throws(FileError) {
    try self.init(path: path, from: path)
  }

  /// - Parameter copy: where the bytes lie; `path` then only serves messages.
  package init(path: String, from copy: String) throws(FileError) {
    lines = try LineReader(path: path, from: copy, holdsObjects: true)
  }

  /// The next session, or nil after the last; blank lines are passed over.
  ///
  /// - Throws: `FileError`, or `LineError` for a line that is no sound session. The next call
  ///   goes on behind that line.
  public mutating func next() throws -> Session? {
    try nextLine()?.session()
  }

  /// The next line that is not blank, or nil after the last; for callers that read lines side by
  /// side.
  public mutating func nextLine() throws(FileError) -> SessionLine? {
    while let bytes = try lines.next() {
      if !bytes.isBlank { return SessionLine(path: path, line: line, bytes: Array(bytes)) }
    }
    return nil
  }

  /// All sessions of a file that fits into memory.
  public static func all(path: String) throws -> [Session] {
    var reader = try SessionReader(path: path)
    var sessions: [Session] = []
    while let session = try reader.next() { sessions.append(session) }
    return sessions
  }
}

/// A line of a session file, not yet read as a session.
public struct SessionLine: Sendable {
  let path: String
  /// From 1.
  let line: Int
  let bytes: [UInt8]

  /// - Throws: what keeps the line from being a sound session.
  public func session() throws(LineError) -> Session {
    do throws(FieldError) {
      return try Session(json: try JSONValue(line: bytes))
    } catch {
      throw LineError(path: path, line: line, fault: error)
    }
  }
}

extension JSONValue {
  /// The document on one line, its fault worded as that of a field.
  init(line: some Sequence<UInt8>) throws(FieldError) {
    do throws(JSONError) {
      self = try JSONScanner.parse(line)
    } catch {
      throw FieldError(error)
    }
  }
}
