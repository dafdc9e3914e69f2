import EventLogs
import Foundation
import Synchronization
import Testing

@Suite struct SegmentTests {
  /// Seconds that a test sets.
  final class Clock: Sendable {
    let seconds = Mutex(1_750_000_000.0)

    func advance(by step: Double) { seconds.withLock { $0 += step } }
    var now: Double { seconds.withLock { $0 } }
  }

  static func log(
    _ folder: TestFolder, _ configuration: EventLogConfiguration, _ clock: Clock,
    disk: FaultyDisk = FaultyDisk(), retry: Double = 0.02
  ) -> EventLog {
    EventLog(
      folder: folder.path, prefix: "decisions", configuration: configuration, retrySeconds: retry,
      now: { clock.now }, open: { try disk.open($0) })
  }

  static func append(_ log: EventLog, _ lines: Range<Int>) {
    for n in lines { log.append(Array("line \(1000 + n)".utf8)) }
    log.flush()
  }

  @Test func segmentsEndAtTheirSizeBetweenLines() throws {
    let (folder, disk) = (try TestFolder(), FaultyDisk())
    // 105 bytes are ten lines and a half.
    let log = Self.log(folder, .small(rotate: 105), Clock(), disk: disk)
    Self.append(log, 0..<25)
    Self.append(log, 25..<27)
    log.close()
    let files = try folder.files()
    #expect(
      files.map { $0.split(separator: "/").last ?? "" } == [
        "decisions-20250615T150640-1.jsonl", "decisions-20250615T150640-2.jsonl",
        "decisions-20250615T150640-3.jsonl",
      ])
    #expect(try files.map(TestFolder.size) == [100, 100, 70])
    #expect(try folder.lines() == (0..<27).map { "line \(1000 + $0)" })
    #expect(disk.faults.withLock { $0.synchronized } == 3)
  }

  @Test func aLineLongerThanASegmentHasOneOfItsOwn() throws {
    let folder = try TestFolder()
    let log = Self.log(folder, .small(rotate: 15), Clock())
    log.append(Array("short".utf8))
    log.append([UInt8](repeating: UInt8(ascii: "x"), count: 99))
    log.append(Array("short".utf8))
    log.close()
    #expect(try folder.files().map(TestFolder.size) == [6, 100, 6])
  }

  @Test func segmentsEndAtTheirAgeAlsoWhenNothingComes() throws {
    let (folder, disk, clock) = (try TestFolder(), FaultyDisk(), Clock())
    let log = Self.log(folder, .small(), clock, disk: disk)
    Self.append(log, 0..<1)
    clock.advance(by: 3599)
    Self.append(log, 1..<2)
    #expect(try folder.files().count == 1)
    clock.advance(by: 1)
    #expect(holdsSoon { disk.faults.withLock { $0.synchronized } == 1 })
    Self.append(log, 2..<3)
    #expect(try folder.files().map(TestFolder.size) == [20, 10])
  }

  @Test func theOldestSegmentsGoAndNothingElse() throws {
    let (folder, clock) = (try TestFolder(), Clock())
    let others = [
      "decisions-notes.jsonl", "decisions-more-20200101T000000-1.jsonl",
      "decisions-20200101T000000-1.jsonl.gz", "decisions-20200101T000000-.jsonl",
    ]
    for file in others + ["decisions-20200101T000000-1.jsonl"] {
      try Data("kept\n".utf8).write(to: "\(folder.path)/\(file)".asFile)
    }
    let log = Self.log(folder, .small(rotate: 100, keep: 350), clock)
    for n in 0..<100 {
      Self.append(log, n..<n + 1)
      clock.advance(by: 0.05)
      let sizes = try folder.files().filter { $0.contains("/decisions-2025") }.map(TestFolder.size)
      #expect(sizes.reduce(0, +) <= 350)
    }
    log.close()
    let left = try folder.files().filter { $0.contains("/decisions-2025") }
    #expect(left.count == 3)
    #expect(log.state.deletedSegments == 1 + log.state.segments - left.count)
    #expect(try left.map(TestFolder.size) == [100, 100, 100])
    let names = try folder.files().map { String($0.split(separator: "/").last ?? "") }
    #expect(Set(others).isSubset(of: names))
    #expect(!names.contains("decisions-20200101T000000-1.jsonl"))
    #expect(log.state.segments == 10 && log.state.lastError == nil)
  }

  @Test func anOlderFileIsNeverTouched() throws {
    let folder = try TestFolder()
    let old = "\(folder.path)/decisions-20250615T150640-1.jsonl"
    try Data("half a li".utf8).write(to: old.asFile)
    #expect(throws: (any Error).self) { try DiskSegment(path: old) }
    let log = Self.log(folder, .small(), Clock())
    Self.append(log, 0..<1)
    #expect(try folder.files().map(TestFolder.size) == [9, 10])
  }
}
