import Foundation
package import Sessions

/// Joins event logs into a session file.
///
/// Reads the logs twice: first for the feedback kinds that occur, so that every session can have
/// them all (0 where nothing happened), then for the events. The file appears when it is whole.
///
/// - Throws: `FileError` for logs and target, `FieldError` for the options. Events that cannot be
///   joined are counted in the report.
package func ingest(
  events: [String], to target: String, options: IngestOptions = IngestOptions()
) throws -> IngestReport {
  try ingest(events: events, to: target, options: options, scans: true)
}

/// - Parameter scans: false reads every line the plain way, by tables of values: the same sessions
///   and the same report, some times slower.
package func ingest(
  events: [String], to target: String, options: IngestOptions, scans: Bool
) throws -> IngestReport {
  if let fault = options.faults().first { throw fault }
  for path in events where isSameFile(path, target) {
    throw FileError.unwritable(path: target, reason: "it is one of the logs to read")
  }
  let kinds = try feedbackKinds(in: events, retractions: options.retractions)
  var source = try EventSource(paths: events, window: options.window, scans: scans)
  var joiner = Joiner<FeatureText>(window: options.window, retractions: options.retractions)
  var output = try JoinedSessionWriter(path: target, kinds: kinds)
  while let (event, location) = try source.next(skippingInto: &joiner) {
    try output.write(joiner.add(event, at: location))
  }
  try output.write(joiner.finish())
  var report = IngestReport(events: events, target: target)
  report.lines = source.lines
  report.counts = joiner.counts
  try output.finish()
  report.sessions = output.count
  report.feedback = output.totals
  return report
}

/// Reads the events of logs and forgets them, for measurements of the reading alone; returns how
/// many there are.
package func countEvents(in paths: [String], scans: Bool = true) throws(FileError) -> Int {
  var source = try EventSource(paths: paths, window: .infinity, scans: scans)
  var joiner = Joiner<FeatureText>(window: 0, retractions: [:])
  var count = 0
  while try source.next(skippingInto: &joiner) != nil { count += 1 }
  return count
}

private func isSameFile(_ left: String, _ right: String) -> Bool {
  func resolved(_ path: String) -> String {
    URL(fileURLWithPath: path).resolvingSymlinksInPath().path
  }
  return resolved(left) == resolved(right)
}
