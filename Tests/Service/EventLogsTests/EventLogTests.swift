import Dispatch
import EventLogs
import Foundation
import Testing

@Suite struct EventLogTests {
  @Test func linesComeBackWholeAndInOrder() throws {
    let folder = try TestFolder()
    let log = EventLog(folder: folder.path, prefix: "decisions", configuration: .small())
    let lines = (0..<5000).map {
      #"{"n":\#($0),"text":"\#(String(repeating: "x", count: $0 % 50))"}"#
    }
    for line in lines { #expect(log.append(Array(line.utf8))) }
    log.flush()
    // Before the log is closed, so a process that is killed now loses none of them.
    #expect(try folder.lines() == lines)
    #expect(log.state.written == 5000 && log.state.dropped == 0 && !log.state.degraded)
    #expect(log.state.bytes == lines.reduce(0) { $0 + $1.utf8.count + 1 })
    log.close()
    #expect(try folder.text() == lines.joined(separator: "\n") + "\n")
  }

  @Test func linesAreWrittenWithoutBeingAskedFor() throws {
    let folder = try TestFolder()
    let log = EventLog(folder: folder.path, prefix: "a", configuration: .small())
    log.append(Array("one".utf8))
    #expect(holdsSoon { log.state.written == 1 })
    #expect(try folder.lines() == ["one"])
  }

  @Test func muchIsWrittenBeforeItsTime() throws {
    let folder = try TestFolder()
    var configuration = EventLogConfiguration.small()
    configuration.flushMilliseconds = 60_000
    let log = EventLog(folder: folder.path, prefix: "a", configuration: configuration)
    let line = [UInt8](repeating: UInt8(ascii: "x"), count: 999)
    for _ in 0..<300 { log.append(line) }
    #expect(holdsSoon { log.state.written >= 200 })
  }

  @Test func manyThreadsAppendWholeLines() throws {
    let folder = try TestFolder()
    let log = EventLog(folder: folder.path, prefix: "a", configuration: .small(rotate: 20_000))
    DispatchQueue.concurrentPerform(iterations: 8) { thread in
      for n in 0..<1000 {
        log.append(Array("\(thread) \(n)".utf8))
        if n % 300 == 0 { log.flush() }
      }
    }
    log.close()
    let files = try folder.files()
    #expect(files.count > 2 && log.state.segments == files.count)
    var next = [Int](repeating: 0, count: 8)
    // Segments of one second sort by number, not by text.
    let numbered = files.sorted { Self.number($0).lexicographicallyPrecedes(Self.number($1)) }
    for file in numbered {
      for line in try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n") {
        let parts = line.split(separator: " ").compactMap { Int($0) }
        #expect(parts.count == 2 && next[parts[0]] == parts[1], "\(line)")
        next[parts[0]] += 1
      }
    }
    #expect(next == [Int](repeating: 1000, count: 8))
  }

  private static func number(_ path: String) -> [Int] {
    let digits = path.split(separator: "/").last?.filter { $0.isNumber || $0 == "-" } ?? ""
    return digits.split(separator: "-").compactMap { Int($0) }
  }

  @Test func closingTwiceIsClosingOnce() throws {
    let folder = try TestFolder()
    let log = EventLog(folder: folder.path, prefix: "a", configuration: .small())
    log.append(Array("one".utf8))
    DispatchQueue.concurrentPerform(iterations: 4) { _ in log.close() }
    log.close()
    log.flush()
    #expect(try folder.lines() == ["one"])
    #expect(!log.append(Array("two".utf8)))
    #expect(log.state.written == 1 && log.state.dropped == 1)
  }

  @Test func aLogThatIsLetGoWritesWhatItHolds() throws {
    let folder = try TestFolder()
    do {
      let log = EventLog(folder: folder.path, prefix: "a", configuration: .small())
      log.append(Array("one".utf8))
    }
    #expect(try folder.lines() == ["one"])
  }

  @Test func nothingIsMadeBeforeTheFirstLine() throws {
    let folder = try TestFolder()
    let log = EventLog(folder: folder.path, prefix: "a", configuration: .small())
    log.flush()
    log.close()
    #expect(try folder.files().isEmpty)
    #expect(log.state == EventLog.State())
  }
}
