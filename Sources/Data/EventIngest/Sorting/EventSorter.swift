import Foundation
import Sessions

/// Sorts the events of logs by time, on the disk when they do not fit into memory.
///
/// Lines are collected up to `memory` bytes, sorted and written as a file each; these are merged.
/// Lines that are no events are counted on the way and go no further.
struct EventSorter: ~Copyable {
  /// Files that are read at once when they are merged.
  private static let fanIn = 32

  private let logs: SpooledInputs
  private let folder: ScratchFolder
  private let memory: Int
  private var events: EventReader
  private var buffer = RunBuffer()
  private var runs: [String] = []
  private var times = TimeSample()
  private var count = 0
  private var lines = 0

  /// - Parameters:
  ///   - target: what will be written; the sorted files lie beside it.
  ///   - memory: bytes of lines that are held at once.
  init(
    _ logs: SpooledInputs, target: String, memory: Int, scans: Bool
  ) throws(FileError) {
    self.logs = logs
    self.memory = memory
    folder = try ScratchFolder(beside: target)
    events = EventReader(scans: scans)
  }

  /// Reads all logs and gives their events by time.
  consuming func sorted(
    skippingInto joiner: inout Joiner<FeatureText>
  ) throws(FileError) -> SortedEvents {
    for file in logs.files.indices { try read(file, skippingInto: &joiner) }
    try spill()
    while runs.count > EventSorter.fanIn { try mergeSome() }
    return SortedEvents(
      merge: try RunMerge(paths: runs), names: logs.files.map(\.name), folder: folder,
      events: events, lines: lines,
      latest: times.latestPlausible)
  }

  private mutating func read(
    _ file: Int, skippingInto joiner: inout Joiner<FeatureText>
  ) throws(FileError) {
    var reader = try LineReader(
      path: logs.files[file].name, from: logs.files[file].path, holdsObjects: true)
    // An update without time has that of the event before it.
    var time = -Double.infinity
    while let bytes = try reader.next() {
      if bytes.isBlank { continue }
      let line = Array(bytes)
      let location = EventLocation(path: reader.path, line: reader.line)
      switch events.read(line) {
      case .event(let event):
        if let own = event.time {
          time = own
          times.add(own)
        }
        buffer.add(line, EventKey(time: time, kind: event.kind, file: file, line: reader.line))
        if buffer.size >= memory { try spill() }
      case .malformed(let fault): joiner.skip(fault, at: location)
      case .unfit(let fault): joiner.skip(fault, at: location)
      }
    }
    lines += reader.line
  }

  private mutating func spill() throws(FileError) {
    guard buffer.size > 0 else { return }
    let path = newRun()
    try buffer.write(to: path)
    runs.append(path)
  }

  /// Makes one file of the first ones, so that few are open in the end.
  private mutating func mergeSome() throws(FileError) {
    let group = Array(runs.prefix(EventSorter.fanIn))
    runs.removeFirst(group.count)
    let path = newRun()
    var writer = try LineWriter(path: path)
    var merge = try RunMerge(paths: group)
    while let (key, line) = try merge.next() { try writer.write(key.text + line) }
    try writer.finish()
    for path in group { try? FileManager.default.removeItem(atPath: path) }
    runs.append(path)
  }

  private mutating func newRun() -> String {
    defer { count += 1 }
    return "\(folder.path)/\(count)"
  }
}

/// The events of several logs by time.
struct SortedEvents: ~Copyable, EventFeed {
  fileprivate var merge: RunMerge
  /// Of the logs, by their numbers.
  fileprivate let names: [String]
  /// Goes away with the last who needs its files.
  fileprivate let folder: ScratchFolder
  fileprivate var events: EventReader
  let lines: Int
  /// Seconds since 1970 behind which a time is not believed.
  fileprivate let latest: Double

  var distrustsOrder: Bool { false }

  mutating func next(
    skippingInto joiner: inout Joiner<FeatureText>
  ) throws(FileError) -> LocatedEvent? {
    while let (key, line) = try merge.next() {
      let location = EventLocation(path: names[key.file], line: key.line)
      guard case .event(let event) = events.read(line) else {
        preconditionFailure("\(location) was an event when it was sorted")
      }
      guard key.time > latest else { return (event, location) }
      joiner.setAside(event, ahead: key.time - latest, at: location)
    }
    return nil
  }
}

extension JoinEvent {
  fileprivate var kind: EventKey.Kind {
    switch self {
    case .item, .user: .update
    case .ranking: .ranking
    case .interaction: .interaction
    }
  }
}
