import Foundation

/// Joins event logs into a session file.
///
/// Reads the logs twice: first for the feedback kinds that occur, so that every session can have
/// them all (0 where nothing happened), then for the events. The file appears when it is whole.
///
/// - Throws: `FileFault` for logs and target, `FieldFault` for the options. Events that cannot be
///   joined are counted in the report.
public func ingest(
  events: [String], to target: String, options: IngestOptions = IngestOptions()
) throws -> IngestReport {
  if let fault = options.faults().first { throw fault }
  for path in events where isSameFile(path, target) {
    throw FileFault.unwritable(path: target, reason: "it is one of the logs to read")
  }
  let kinds = try feedbackKinds(in: events, retractions: options.retractions)
  var source = try EventSource(paths: events)
  var joiner = EventJoiner(window: options.window, retractions: options.retractions)
  var output = try SessionOutput(path: target, kinds: kinds)
  while let (event, location) = try source.next(skippingInto: &joiner) {
    try output.write(joiner.add(event, at: location))
  }
  try output.write(joiner.finish())
  var report = IngestReport(events: events, target: target)
  report.lines = source.lines
  report.counts = joiner.counts
  report.sessions = try output.finish()
  report.feedback = output.totals
  return report
}

private func isSameFile(_ left: String, _ right: String) -> Bool {
  func resolved(_ path: String) -> String {
    URL(fileURLWithPath: path).resolvingSymlinksInPath().path
  }
  return resolved(left) == resolved(right)
}

/// The session file with the same feedback kinds in every session.
private struct SessionOutput: ~Copyable {
  private let kinds: [String]
  private var writer: SessionWriter
  private(set) var totals: [String: Double]

  init(path: String, kinds: [String]) throws(FileFault) {
    self.kinds = kinds
    totals = Dictionary(uniqueKeysWithValues: kinds.map { ($0, 0) })
    writer = try SessionWriter(path: path)
  }

  mutating func write(_ sessions: [Session]) throws {
    for var session in sessions {
      for kind in kinds {
        let values = session.feedback[kind] ?? [Float](repeating: 0, count: session.shown.count)
        session.feedback[kind] = values
        totals[kind, default: 0] += values.reduce(0) { $0 + Double($1) }
      }
      try writer.write(session)
    }
  }

  mutating func finish() throws(FileFault) -> Int {
    try writer.finish()
    return writer.count
  }
}
