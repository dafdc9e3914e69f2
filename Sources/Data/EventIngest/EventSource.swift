import Sessions

/// An event of a log and where it stands there.
typealias LocatedEvent = (event: JoinEvent<FeatureText>, location: EventLocation)

/// The events of several files, merged by time.
///
/// The next event is the earliest of the files' next lines, equal times in the order of the files,
/// so rankings and interactions may lie in files of their own. If each file is out of order by at
/// most a window, so is the merge.
struct EventSource: ~Copyable {
  private var files: [EventFile]
  /// Lines taken so far, blank and faulty ones among them.
  var lines: Int { files.reduce(0) { $0 + $1.lines } }

  /// - Parameters:
  ///   - window: seconds; an event that is further ahead of those after it is set aside.
  ///   - scans: false reads every line the plain way, which is slow and gives the same.
  init(paths: [String], window: Double, scans: Bool) throws(FileError) {
    files = []
    for path in paths {
      files.append(try EventFile(path: path, window: window, scans: scans))
    }
  }

  /// The next event; lines that are none, and events with implausible times, go to
  /// `joiner` to be counted.
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
