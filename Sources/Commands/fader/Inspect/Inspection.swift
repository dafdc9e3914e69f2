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
  /// What a report's JSON says, as a value.
  init(encoding value: some Encodable) throws {
    self = try JSONScanner.parse(Array(try ReportJSON.encode(value))[...])
  }
}
