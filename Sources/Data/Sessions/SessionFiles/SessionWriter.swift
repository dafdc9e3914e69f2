/// Writes sessions as JSON Lines, gzip when the path ends in .gz; the file appears on `finish()`.
public struct SessionWriter: ~Copyable, Sendable {
  private var lines: LineWriter
  /// How many sessions were written.
  public private(set) var count = 0

  public var path: String { lines.path }

  public init(path: String) throws(FileError) {
    lines = try LineWriter(path: path)
  }

  /// - Throws: `LineError` for a session that a reader would refuse, or `FileError`.
  public mutating func write(_ session: Session) throws {
    if let fault = session.faults().first {
      throw LineError(path: path, line: count + 1, fault: fault)
    }
    try lines.write(session.json)
    count += 1
  }

  public mutating func finish() throws(FileError) {
    try lines.finish()
  }
}
