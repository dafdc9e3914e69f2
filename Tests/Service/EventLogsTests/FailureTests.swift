import EventLogs
import Foundation
import Testing

@Suite struct FailureTests {
  static func lines(_ range: Range<Int>) -> [String] { range.map { "line \(1000 + $0)" } }

  @Test func aFullDiskDegradesAndEachLineIsThereOnceAfterwards() throws {
    let (folder, disk) = (try TestFolder(), FaultyDisk())
    let log = SegmentTests.log(folder, .small(), SegmentTests.Clock(), disk: disk, retry: 0.2)
    SegmentTests.append(log, 0..<10)
    disk.set { $0.isFull = true }
    SegmentTests.append(log, 10..<25)
    #expect(log.state.degraded && log.state.written == 10 && log.state.dropped == 0)
    #expect(log.state.lastError?.contains("decisions-20250615T150640-1.jsonl") == true)
    // Cut back to whole lines, but for the moment of another try.
    let whole = Self.lines(0..<10).map { $0 + "\n" }.joined()
    #expect(holdsSoon { (try? folder.text()) == whole })
    // A second try in vain gives the segment up, and empty ones do not stay.
    for n in 25..<30 { SegmentTests.append(log, n..<n + 1) }
    #expect(holdsSoon { (try? folder.files().count) == 1 && (try? folder.text()) == whole })
    disk.set { $0.isFull = false }
    #expect(holdsSoon { log.state.written == 30 })
    #expect(!log.state.degraded && log.state.dropped == 0 && log.state.segments == 2)
    log.close()
    #expect(try folder.lines() == Self.lines(0..<30))
  }

  @Test func aSegmentThatCannotBeCutIsLeft() throws {
    let (folder, disk) = (try TestFolder(), FaultyDisk())
    let log = SegmentTests.log(folder, .small(), SegmentTests.Clock(), disk: disk)
    SegmentTests.append(log, 0..<3)
    disk.set { ($0.isFull, $0.cannotTruncate) = (true, true) }
    SegmentTests.append(log, 3..<4)
    disk.set { ($0.isFull, $0.cannotTruncate) = (false, false) }
    #expect(holdsSoon { log.state.written == 4 })
    log.close()
    let files = try folder.files()
    #expect(files.count == 2)
    // The half line is the last of its file, where nothing can follow it in the same line.
    #expect(try String(contentsOfFile: files[0], encoding: .utf8).hasSuffix("line 1002\nline "))
    #expect(try String(contentsOfFile: files[1], encoding: .utf8) == "line 1003\n")
  }

  @Test func aFolderThatVanishesDegradesAndRecovers() throws {
    let folder = try TestFolder()
    let place = folder.path + "/logs"
    let log = EventLog(
      folder: place, prefix: "a", configuration: .small(), retrySeconds: 0.02, now: { 0 })
    SegmentTests.append(log, 0..<2)
    try FileManager.default.removeItem(atPath: place)
    // As root every folder can be written to, but none can be made below a file.
    try Data().write(to: place.asFile)
    SegmentTests.append(log, 2..<4)
    #expect(log.state.degraded && log.state.written == 2)
    #expect(log.state.lastError?.contains(place) == true)
    try FileManager.default.removeItem(atPath: place)
    #expect(holdsSoon { log.state.written == 4 && !log.state.degraded })
    #expect(try folder.lines("/logs") == Self.lines(2..<4))
  }

  @Test func aFolderThatCannotBeMadeIsKnownBeforeTheFirstLine() throws {
    let folder = try TestFolder()
    let place = folder.path + "/file"
    try Data().write(to: place.asFile)
    let log = EventLog(
      folder: place + "/logs", prefix: "a", configuration: .small(), retrySeconds: 0.02,
      now: { 0 })
    #expect(holdsSoon { log.state.degraded })
    try FileManager.default.removeItem(atPath: place)
    #expect(holdsSoon { !log.state.degraded })
  }

  @Test func aDeletedSegmentIsFollowedByANewOne() throws {
    let folder = try TestFolder()
    let log = SegmentTests.log(folder, .small(), SegmentTests.Clock())
    SegmentTests.append(log, 0..<2)
    for file in try folder.files() { try FileManager.default.removeItem(atPath: file) }
    SegmentTests.append(log, 2..<4)
    #expect(try folder.lines() == Self.lines(2..<4))
    #expect(!log.state.degraded && log.state.lastError?.contains("moved or deleted") == true)
  }

  @Test func aHangingDiskDelaysNobodyAndTheQueueIsBounded() throws {
    let (folder, disk) = (try TestFolder(), FaultyDisk())
    let log = SegmentTests.log(folder, .small(queue: 1000), SegmentTests.Clock(), disk: disk)
    disk.set { $0.hangs = true }
    // Ten bytes with its end; a hundred fit, whether they wait or are in the writer's hands.
    let taken = (0..<150).map { log.append(Array("line \(1000 + $0)".utf8)) }
    #expect(taken == (0..<150).map { $0 < 100 })
    #expect(log.state.dropped == 50 && log.state.written == 0)
    disk.set { $0.hangs = false }
    log.flush()
    #expect(log.state.written == 100)
    #expect(log.append(Array("line 1100".utf8)))
    log.close()
    #expect(try folder.lines() == Self.lines(0..<101))
  }

  @Test func whatCannotBeWrittenAtTheEndIsCountedAndClosingReturns() throws {
    let (folder, disk) = (try TestFolder(), FaultyDisk())
    let log = SegmentTests.log(folder, .small(queue: 200), SegmentTests.Clock(), disk: disk)
    disk.set { $0.isFull = true }
    SegmentTests.append(log, 0..<30)
    log.close()
    #expect(log.state.degraded && log.state.written == 0 && log.state.dropped == 30)
    #expect(try folder.files().isEmpty)
  }
}
