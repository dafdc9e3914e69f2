import EventIngest
import Sessions
import TestSupport
import Testing

/// Logs in any order give the sessions of the log in order, or say what was lost.
struct IngestOrderTests {
  /// 300 rankings a minute apart, two clicks and an item update each.
  private static let inOrder: [String] = (0..<300).flatMap { minute in
    let time = 1_767_607_200 + minute * 60
    let clicks = ["a", "b"].enumerated().map {
      #"{"event":"interaction","ranking":"r\#(minute)","item":"\#($1)","type":"click","timestamp":\#(time + 1 + $0)}"#
    }
    // The update is of the ranking's own second, and holds for it.
    return [
      #"{"event":"item","item":"a","timestamp":\#(time),"fields":{"p":\#(minute)}}"#,
      #"{"event":"ranking","id":"r\#(minute)","timestamp":\#(time),"user":"u","items":[{"id":"a","position":1},{"id":"b","position":2}]}"#,
    ] + clicks
  }

  private func kind(_ line: String) -> Int {
    line.contains("interaction") ? 1 : line.contains("fields") ? 2 : 0
  }

  /// Report and sessions of a log in one file.
  private func ingested(
    _ log: [String], memory: Int = 256 << 20
  ) throws -> (report: IngestReport, bytes: [UInt8]) {
    let folder = try TemporaryFolder()
    let path = try folder.file("log", log.joined(separator: "\n"))
    let target = folder.path("sessions")
    let report = try ingest(
      events: [path], to: target, options: IngestOptions(), scans: true, memory: memory)
    #expect(folder.names == ["log", "sessions"])
    return (report, try bytes(of: target))
  }

  @Test(arguments: [256 << 20, 20_000, 600])
  func aLogInAnyOrderGivesTheSameSessions(_ memory: Int) throws {
    let expected = try ingested(IngestOrderTests.inOrder)
    #expect(!expected.report.isSorted && expected.report.counts.joined == 600)
    var generator = TestGenerator(seed: 1)
    for log in [
      IngestOrderTests.inOrder.sorted { kind($0) < kind($1) },
      IngestOrderTests.inOrder.reversed(),
      IngestOrderTests.inOrder.shuffled(using: &generator),
    ] {
      let (report, bytes) = try ingested(log, memory: memory)
      #expect(report.isSorted && report.counts.skipped.isEmpty)
      #expect(bytes == expected.bytes)
    }
  }

  @Test func aWrongClockInALogWithoutOrderIsSetAside() throws {
    var log = IngestOrderTests.inOrder.sorted { kind($0) < kind($1) }
    // A ranking, as these are sorted to the front.
    log[40] = log[40].replacing("17676", with: "37676")
    let report = try ingested(log).report
    #expect(report.isSorted && report.sessions == 299)
    #expect(report.counts.count(of: .implausibleTime) == 1)
  }

  @Test func manyClocksAheadAreAnOrderOfTheirOwn() throws {
    // Every tenth ranking and its clicks come from a machine that is two hours ahead.
    let log = (0..<300).flatMap { minute in
      IngestOrderTests.inOrder[minute * 4..<minute * 4 + 4].map { line in
        guard minute % 10 == 0, let range = line.firstRange(of: "\"timestamp\":") else {
          return line
        }
        let digits = line[range.upperBound...].prefix { $0.isNumber }
        return line.replacing(digits, with: "\((Int(digits) ?? 0) + 7200)")
      }
    }
    let report = try ingested(log).report
    #expect(report.isSorted && report.sessions == 300 && report.counts.joined == 600)
  }

  @Test func tooMuchLossWritesNothingAndSaysWhy() throws {
    let folder = try TemporaryFolder()
    let target = try folder.file("sessions", "old")
    let strangers = IngestOrderTests.inOrder.map {
      kind($0) == 1 ? $0.replacing("\"r1", with: "\"x1") : $0
    }
    let unplaced = IngestOrderTests.inOrder.enumerated().map {
      $0 < 400 ? $1.replacing("\"position\":1", with: "\"position\":3") : $1
    }
    let torn = IngestOrderTests.inOrder.enumerated().map { $0 % 3 == 0 ? "{" + $1 : $1 }
    for (log, reason) in [
      (strangers, "name the log of their rankings"), (unplaced, "count positions from 1"),
      (torn, "one JSON object a line"), ([], "none of 0 lines"), (["a,b", "1,2"], "of 2 lines"),
    ] {
      let path = try folder.file("log", log.joined(separator: "\n"))
      #expect {
        _ = try ingest(events: [path], to: target)
      } throws: { error in
        guard let loss = error as? IngestLoss else { return false }
        return loss.description.contains(reason) && !loss.report.isWritten
      }
      #expect(folder.names == ["log", "sessions"])
      #expect(try lines(of: target) == ["old"])
    }
    let path = try folder.file("log", strangers.joined(separator: "\n"))
    let all = try ingest(events: [path], to: target, options: IngestOptions(allowedLoss: 1))
    #expect(all.isWritten && all.sessions == 300)
  }

  @Test func aLogRepeatedInFullLosesNothing() throws {
    let report = try ingested(IngestOrderTests.inOrder + IngestOrderTests.inOrder).report
    #expect(report.sessions == 300 && report.counts.count(of: .duplicateRanking) == 300)
  }
}
