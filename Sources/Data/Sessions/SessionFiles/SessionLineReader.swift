import JSON

/// Reads the lines of a session file: usual ones through the scanner, which is faster, any other and
/// every fault through `Session(json:)`.
///
/// It remembers the forms of candidates that it met, so one reader for many lines is best.
public struct SessionLineReader: Sendable {
  private var scanner: SessionScanner?

  public init() { self.init(scans: true) }

  /// - Parameter scans: false reads every line the general way, which gives the same.
  package init(scans: Bool) {
    scanner = scans ? SessionScanner() : nil
  }

  /// - Throws: what keeps the line from being a sound session.
  public mutating func session(of line: SessionLine) throws(LineError) -> Session {
    if let session = scanner?.session(line.bytes) { return session }
    do throws(FieldError) {
      return try Session(json: try JSONValue(line: line.bytes))
    } catch {
      throw LineError(path: line.path, line: line.line, fault: error)
    }
  }
}

/// A line of a session file, not yet read as a session.
public struct SessionLine: Sendable {
  let path: String
  /// From 1.
  let line: Int
  package let bytes: [UInt8]

  package init(path: String, line: Int, bytes: [UInt8]) {
    (self.path, self.line, self.bytes) = (path, line, bytes)
  }
}
