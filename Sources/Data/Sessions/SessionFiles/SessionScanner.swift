import JSON

/// Reads lines of a session file without making a table of every value on the way.
///
/// What it gives for a line is what `Session(json:)` gives; where it is in doubt it gives nil, and
/// that reader has the line, with its faults.
struct SessionScanner: Sendable {
  private var features = FeatureMapScanner()

  /// The session of a line, or nil to read it the general way.
  mutating func session(_ line: [UInt8]) -> Session? {
    var cursor = JSONCursor(bytes: line)
    var candidates: [Candidate]?
    let members = cursor.members(depth: 1) { key, cursor in
      guard key == "candidates" else { return .other }
      candidates = try? cursor.elements { cursor throws(JSONError) in
        guard let candidate = candidate(&cursor) else { throw cursor.fault("a candidate") }
        return candidate
      }
      return candidates == nil ? .unread : .taken
    }
    guard let members, let candidates else { return nil }
    guard (try? cursor.end()) != nil,
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
