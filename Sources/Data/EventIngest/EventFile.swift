import Sessions

/// One open log with its next event. A class because a reader cannot be an element of an array.
///
/// It reads some events ahead, to tell an event with a wrong clock before the joiner sees it.
final class EventFile {
  private var reader: LineReader
  private var events: EventReader
  private var clock: ClockWatch
  private var ahead: [LocatedEvent] = []
  private var isEnded = false
  private(set) var next: LocatedEvent?
  /// Seconds of the next event; an update without time has that of the event before it.
  private(set) var time = -Double.infinity
  /// How many events were set aside.
  private(set) var implausible = 0

  var lines: Int { reader.line }

  init(path: String, window: Double, scans: Bool) throws(FileError) {
    reader = try LineReader(path: path)
    events = EventReader(scans: scans)
    clock = ClockWatch(window: window)
  }

  /// Makes `next` the next event, if there is one.
  func fill(skippingInto joiner: inout Joiner<FeatureText>) throws(FileError) {
    while next == nil {
      try readAhead(skippingInto: &joiner)
      guard !ahead.isEmpty else { return }
      let first = ahead.removeFirst()
      guard let time = first.event.time else {
        next = first
        return
      }
      if let seconds = clock.secondsAhead(time, of: ahead.lazy.compactMap(\.event.time)) {
        implausible += 1
        joiner.setAside(first.event, ahead: seconds, at: first.location)
        continue
      }
      clock.take(time)
      self.time = time
      next = first
    }
  }

  func take() -> LocatedEvent? {
    defer { next = nil }
    return next
  }

  private func readAhead(skippingInto joiner: inout Joiner<FeatureText>) throws(FileError) {
    while ahead.count <= ClockWatch.followers, !isEnded {
      guard let bytes = try reader.next() else {
        isEnded = true
        return
      }
      if bytes.isBlank { continue }
      let line = Array(bytes)
      let location = EventLocation(path: reader.path, line: reader.line)
      switch events.read(line) {
      case .event(let event): ahead.append((event, location))
      case .malformed(let fault): joiner.skip(fault, at: location)
      case .unfit(let fault): joiner.skip(fault, at: location)
      }
    }
  }
}
