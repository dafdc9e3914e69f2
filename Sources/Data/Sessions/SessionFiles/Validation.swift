import JSON
import Statistics

/// Reads a session file to its end and says what is in it and what is wrong with it.
///
/// A faulty line never stops the reading; a line can have one fault per field. The first `limit`
/// faults are kept in full, the rest is counted by field.
///
/// - Throws: `FileError` when the file itself cannot be read on.
public func validateSessions(path: String, limit: Int = 20) throws -> ValidationReport {
  try validateSessions(path: path, from: path, limit: limit)
}

/// - Parameter copy: where the bytes lie; `path` then only serves the report.
package func validateSessions(
  path: String, from copy: String, limit: Int
) throws -> ValidationReport {
  var lines = try LineReader(path: path, from: copy, holdsObjects: true)
  var tally = ValidationTally(path: path, limit: limit)
  while let bytes = try lines.next() {
    tally.report.lines += 1
    if bytes.isBlank { continue }
    tally.add(bytes, line: lines.line)
  }
  tally.addRemarks()
  return tally.report
}

private struct ValidationTally {
  /// Distinct pointers counted; a file of garbage has no end of unknown keys.
  private static let fieldLimit = 200

  var report: ValidationReport
  private let limit: Int
  private var users: Set<UInt64> = []
  private var ids: Set<UInt64> = []

  init(path: String, limit: Int) {
    report = ValidationReport(path: path)
    self.limit = limit
  }

  mutating func add(_ bytes: ArraySlice<UInt8>, line: Int) {
    do throws(FieldError) {
      let json = try JSONValue(line: bytes)
      var parser = SessionParser()
      if let session = parser.parse(json) { count(session, line: line) }
      for fault in parser.faults { count(fault, line: line) }
    } catch {
      count(error, line: line)
    }
  }

  private mutating func count(_ session: Session, line: Int) {
    let request = session.request
    report.sessions += 1
    report.candidates += request.candidates.count
    report.shown += session.shown.count
    if users.insert(stableHash(request.user.id)).inserted { report.users += 1 }
    if !ids.insert(stableHash(request.id)).inserted { report.repeatedIDs += 1 }
    if session.propensity != nil { report.withPropensity += 1 }
    for behaviour in request.history { report.behaviours[behaviour.type, default: 0] += 1 }
    widen(&report.time, session.time)
    widen(&report.candidatesPerSession, Double(request.candidates.count))
    widen(&report.shownPerSession, Double(session.shown.count))
    for (kind, values) in session.feedback {
      report.feedback[kind, default: .init()].add(values, line: line)
    }
  }

  mutating func addRemarks() {
    for (kind, counts) in report.feedback { report.feedback[kind]?.remark = counts.oddity }
  }

  private func widen(_ range: inout ValidationReport.Range?, _ value: Double) {
    range = .init(
      least: min(range?.least ?? value, value), greatest: max(range?.greatest ?? value, value))
  }

  private mutating func count(_ fault: FieldError, line: Int) {
    if report.faults.count < limit {
      report.faults.append(LineError(path: report.path, line: line, fault: fault))
      return
    }
    var field = ValidationTally.field(of: fault.pointer)
    if report.furtherFaults[field] == nil,
      report.furtherFaults.count >= ValidationTally.fieldLimit
    {
      field = "(other fields)"
    }
    report.furtherFaults[field, default: 0] += 1
  }

  /// The pointer with `*` for its array indices.
  private static func field(of pointer: String) -> String {
    if pointer.isEmpty { return "(whole line)" }
    return pointer.split(separator: "/", omittingEmptySubsequences: false)
      .map { !$0.isEmpty && $0.utf8.allSatisfy { $0 &- UInt8(ascii: "0") < 10 } ? "*" : $0 }
      .joined(separator: "/")
  }
}
