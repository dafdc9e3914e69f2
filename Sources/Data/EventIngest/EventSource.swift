import Sessions

/// The events of several files, merged by time.
///
/// The next event is the earliest of the files' next lines, equal times in the order of the files,
/// so rankings and interactions may lie in files of their own. If each file is out of order by at
/// most a window, so is the merge.
struct EventSource: ~Copyable, EventFeed {
  private var files: [EventFile]
  var lines: Int { files.reduce(0) { $0 + $1.lines } }

  var distrustsOrder: Bool { files.contains { $0.distrustsOrder } }

  /// - Parameters:
  ///   - window: seconds; an event that is further ahead of those after it is set aside.
  ///   - scans: false reads every line the plain way, which is slow and gives the same.
  init(_ logs: SpooledInputs, window: Double, scans: Bool) throws(FileError) {
    files = []
    for log in logs.files {
      files.append(try EventFile(log, window: window, scans: scans))
    }
  }

  mutating func next(
    skippingInto joiner: inout Joiner<FeatureText>
  ) throws(FileError) -> LocatedEvent? {
    var earliest: EventFile?
    for file in files {
      try file.fill(skippingInto: &joiner)
      guard file.next != nil else { continue }
      if earliest.map({ file.time < $0.time }) ?? true { earliest = file }
    }
    return earliest?.take()
  }
}
