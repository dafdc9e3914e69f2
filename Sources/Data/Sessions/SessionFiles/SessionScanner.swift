import JSON

/// Reads lines of a session file without making a table of every value on the way.
///
/// What it gives for a line is what `Session(json:)` gives, the fault included: that reader has
/// every line about which this one is in doubt.
public struct SessionScanner: Sendable {
  private var features = FeatureMapScanner()

  public init() {}

  /// - Throws: what keeps the line from being a sound session.
  public mutating func session(of line: SessionLine) throws(LineError) -> Session {
    if let session = session(line.bytes) { return session }
    do throws(FieldError) {
      return try Session(json: try JSONValue(line: line.bytes))
    } catch {
      throw LineError(path: line.path, line: line.line, fault: error)
    }
  }

  /// The session of a line, or nil to read it the plain way.
  mutating func session(_ line: [UInt8]) -> Session? {
    var cursor = JSONCursor(bytes: line)
    var candidates: [Candidate]?
    let members = cursor.members(depth: 1) { key, cursor in
      guard key == "candidates" else { return .other }
      candidates = cursor.elements { candidate(&$0) }
      return candidates == nil ? .unread : .taken
    }
    guard let members, let candidates else { return nil }
    cursor.skipSpace()
    guard cursor.at == line.count,
      members.allSatisfy({ SessionParser.keys.contains($0.key) })
    else { return nil }
    var parser = SessionParser()
    let shell = JSONValue.object(members + [(key: "candidates", value: .array([]))])
    guard var session = parser.read(shell) else { return nil }
    session.request.candidates = candidates
    return session.faults().isEmpty ? session : nil
  }

  private mutating func candidate(_ cursor: inout JSONCursor) -> Candidate? {
    var features: FeatureMap?
    var id: String?
    let members = cursor.members(depth: 3) { key, cursor in
      switch key {
      case "id":
        id = (try? cursor.value(depth: 3)).flatMap { try? $0.identifier(at: "") }
        return id == nil ? .unread : .taken
      case "features":
        features = self.features.features(&cursor, depth: 4)
        return features == nil ? .unread : .taken
      default: return .unread
      }
    }
    guard members != nil, let id else { return nil }
    return Candidate(id: id, features: features ?? [:])
  }
}
