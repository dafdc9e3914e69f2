import Checkpoints
import Foundation
import JSON
import Networks
import Sessions

/// What lies at a path, as a JSON document that text and JSON are made from.
enum Inspection {
  static func of(_ path: String) throws -> JSONValue {
    let expected = "a checkpoint folder, a run directory or a session file"
    guard FileManager.default.fileExists(atPath: path) else {
      throw CommandError.missing(path: path, what: expected)
    }
    // Only a folder has contents.
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: path) else {
      return try sessions(path)
    }
    if names.contains(CheckpointFolder.bundleFile) { return try checkpoint(path) }
    guard names.contains("config.yaml") else {
      throw CommandError.missing(path: path, what: expected)
    }
    return try run(path)
  }

  /// Counts of a session file, faults among them, and its first sound session.
  private static func sessions(_ path: String) throws -> JSONValue {
    // Read twice, which a pipe cannot be.
    let inputs = try SpooledInputs([path])
    let copy = inputs.files[0].path
    let report = try validateSessions(path: path, from: copy, limit: 3)
    var reader = try SessionReader(path: path, from: copy)
    var first: Session?
    var isEnded = report.sessions == 0
    while first == nil, !isEnded {
      do {
        first = try reader.next()
        isEnded = first == nil
      } catch is LineError {}
    }
    return .object([
      ("sessions", .string(path)), ("counts", try JSONValue(encoding: report)),
      ("first", first?.json ?? .null),
    ])
  }
}

extension JSONValue {
  /// The inspection of a session file, with only as many rows of its first session as a reader looks at:
  /// 50 candidates with 20 features each push the counts off the screen.
  var shortened: JSONValue {
    guard case .object(var members) = self,
      let place = members.firstIndex(where: { $0.key == "first" }),
      case .object(var session) = members[place].value
    else { return self }
    let kept = 3
    for index in session.indices where ["candidates", "history"].contains(session[index].key) {
      guard case .array(let rows) = session[index].value, rows.count > kept else { continue }
      session[index].value = .array(
        rows.prefix(kept) + [.string("… and \(rows.count - kept) more, which --json prints")])
    }
    members[place].value = .object(session)
    return .object(members)
  }

  /// What a report's JSON says, as a value.
  init(encoding value: some Encodable) throws {
    self = try JSONScanner.parse(Array(try ReportJSON.encode(value))[...])
  }
}
