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

  /// - Parameter scans: false reads every line the plain way, which is slow and gives the same.
  init(paths: [String], scans: Bool) throws(FileError) {
    files = []
    for path in paths { files.append(try EventFile(path: path, scans: scans)) }
  }

  /// The next event; lines that are none go to `joiner` to be counted.
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

/// One open log with its next event. A class because a reader cannot be an element of an array.
private final class EventFile {
  private var reader: LineReader
  private var events: EventReader
  private var isEnded = false
  private(set) var next: LocatedEvent?
  /// Seconds of the next event; an update without time has that of the event before it.
  private(set) var time = -Double.infinity

  var lines: Int { reader.line }

  init(path: String, scans: Bool) throws(FileError) {
    reader = try LineReader(path: path)
    events = EventReader(scans: scans)
  }

  func fill(skippingInto joiner: inout Joiner<FeatureText>) throws(FileError) {
    while next == nil, !isEnded {
      guard let bytes = try reader.next() else {
        isEnded = true
        return
      }
      if bytes.isBlank { continue }
      let line = Array(bytes)
      let location = EventLocation(path: reader.path, line: reader.line)
      switch events.read(line) {
      case .event(let event):
        time = event.time ?? time
        next = (event, location)
      case .malformed(let fault): joiner.skip(fault, at: location)
      case .unfit(let fault): joiner.skip(fault, at: location)
      }
    }
  }

  func take() -> LocatedEvent? {
    defer { next = nil }
    return next
  }
}
