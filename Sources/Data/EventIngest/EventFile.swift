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
  private var taken = 0
  private var implausible = 0

  /// Whether more than a few of the clocks look wrong, and more than 1 % of them.
  var distrustsOrder: Bool {
    implausible > ClockWatch.followers && implausible * 100 > taken + implausible
  }

  var lines: Int { reader.line }

  init(
    _ log: SpooledInputs.File, window: Double, scans: Bool
  ) throws(FileError) {
    reader = try LineReader(path: log.name, from: log.path, holdsObjects: true)
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
      taken += 1
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
