/// Streams the sessions of a JSON Lines file, plain or gzip.
public struct SessionReader: ~Copyable, Sendable {
  private var lines: LineReader

  public var path: String { lines.path }

  /// The number of the line that the last session came from, from 1.
  public var line: Int { lines.line }

  public init(path: String) throws(FileFault) {
    lines = try LineReader(path: path)
  }

  /// The next session, or nil after the last; blank lines are passed over.
  ///
  /// - Throws: `FileFault`, or `LineFault` for a line that is no sound session. The next call
  ///   goes on behind that line.
  public mutating func next() throws -> Session? {
    while let bytes = try lines.next() {
      if bytes.isBlank { continue }
      do throws(FieldFault) {
        return try Session(json: try JSONValue(line: bytes))
      } catch {
        throw LineFault(path: path, line: line, fault: error)
      }
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

extension JSONValue {
  /// The document on one line, its fault worded as that of a field.
  init(line: ArraySlice<UInt8>) throws(FieldFault) {
    do throws(JSONFault) {
      self = try JSONScanner.parse(line)
    } catch {
      throw FieldFault(error)
    }
  }
}
