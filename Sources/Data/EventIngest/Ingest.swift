package import Sessions

/// Joins event logs into a session file.
///
/// Reads the logs first for the feedback kinds that occur, so that every session can have them all
/// (0 where nothing happened), and for positions, then for the events, which are sorted when the logs are out of order
/// by more than the window. The file appears when it is whole. A log may be a pipe; it is copied
/// to a temporary file first.
///
/// - Throws: `FileError` for logs and target, `FieldError` for the options, `IngestLoss` when no
///   session came of it or more was lost than the options allow; the target is then left as it was.
///   Events that cannot be joined are counted in the report.
package func ingest(
  events: [String], to target: String, options: IngestOptions = IngestOptions()
) throws -> IngestReport {
  try ingest(events: events, to: target, options: options, scans: true)
}

/// - Parameters:
///   - scans: false reads every line the plain way, by tables of values: the same sessions and the
///     same report, some times slower.
///   - memory: bytes of lines that are held while sorting.
package func ingest(
  events: [String], to target: String, options: IngestOptions, scans: Bool,
  memory: Int = 256 << 20
) throws -> IngestReport {
  if let fault = options.faults().first { throw fault }
  for path in events where isSameFile(path, target) {
    throw FileError.unwritable(path: target, reason: "it is one of the logs to read")
  }
  let inputs = try SpooledInputs(events)
  let survey = try survey(inputs, retractions: options.retractions)
  let empty = Joiner<FeatureText>(
    window: options.window, retractions: options.retractions, hasPositions: survey.hasPositions,
    history: options.history)
  var report = IngestReport(events: events, target: target)
  report.hasPositions = survey.hasPositions
  var joiner = empty
  let logs = try EventSource(inputs, window: options.window, scans: scans)
  if try report.join(logs, with: &joiner, survey.kinds, options) { return report }
  // What was joined so far is forgotten: the logs are out of order, and no clock is to blame.
  joiner = empty
  report.isSorted = true
  let sorter = try EventSorter(inputs, target: target, memory: memory, scans: scans)
  let sorted = try sorter.sorted(skippingInto: &joiner)
  _ = try report.join(sorted, with: &joiner, survey.kinds, options)
  return report
}

extension IngestReport {
  /// Joins all events of the feed and writes the sessions; false, and nothing written, when events
  /// come out of order by more than the window.
  fileprivate mutating func join<Feed: EventFeed & ~Copyable>(
    _ feed: consuming Feed, with joiner: inout Joiner<FeatureText>, _ kinds: [String],
    _ options: IngestOptions
  ) throws -> Bool {
    var output = try JoinedSessionWriter(path: target, kinds: kinds)
    while let (event, location) = try feed.next(skippingInto: &joiner) {
      try output.write(joiner.add(event, at: location))
      if joiner.isOutOfOrder || feed.distrustsOrder { return false }
    }
    try output.write(joiner.finish())
    lines = feed.lines
    counts = joiner.counts
    sessions = output.count
    feedback = output.totals
    behaviours = output.behaviours
    if let loss = loss(allowed: options.allowedLoss) { throw loss }
    try output.finish()
    isWritten = true
    return true
  }
}

/// Reads the events of logs and forgets them, for measurements of the reading alone; returns how
/// many there are.
package func countEvents(in paths: [String], scans: Bool = true) throws(FileError) -> Int {
  var source = try EventSource(SpooledInputs(paths), window: .infinity, scans: scans)
  var joiner = Joiner<FeatureText>(window: 0, retractions: [:], hasPositions: true)
  var count = 0
  while try source.next(skippingInto: &joiner) != nil { count += 1 }
  return count
}
