import EventIngest
import Sessions
import TestSupport
import Testing

struct WrongClockTests {
  /// 200 lines: a ranking, two clicks and an item update a minute.
  private static func log(_ change: (_ line: Int, _ time: Int) -> Int) -> [String] {
    (0..<200).map { line in
      let (minute, step) = (line / 4, line % 4)
      let time = change(line, 1_767_607_200 + minute * 60 + step)
      return switch step {
      case 0:
        #"{"event":"ranking","id":"r\#(minute)","timestamp":\#(time),"user":"u","items":[{"id":"a","position":1},{"id":"b","position":2}]}"#
      case 3: #"{"event":"item","item":"a","timestamp":\#(time),"fields":{"p":\#(minute)}}"#
      default:
        #"{"event":"interaction","ranking":"r\#(minute)","item":"\#(step == 1 ? "a" : "b")","type":"click","timestamp":\#(time)}"#
      }
    }
  }

  private func report(_ files: [[String]], window: Double = 1800) throws -> IngestReport {
    let folder = try TemporaryFolder()
    let paths = try files.enumerated().map {
      try folder.file("log\($0)", $1.joined(separator: "\n"))
    }
    return try ingest(
      events: paths, to: folder.path("sessions"), options: IngestOptions(window: window))
  }

  /// Ranking, interaction and item update, at the start and in the middle of the log.
  @Test(arguments: [0, 100, 101, 103], [7200, 50 * 31_557_600])
  func oneClockAheadCostsItsOwnEventAlone(_ broken: Int, _ ahead: Int) throws {
    let lines = WrongClockTests.log { $0 == broken ? $1 + ahead : $1 }
    for files in [[lines], [lines, WrongClockTests.log { $1 }.filter { $0.contains("fields") }]] {
      let report = try report(files)
      #expect(report.counts.count(of: .implausibleTime) == 1)
      #expect(report.counts.count(of: .outOfOrder) == 0)
      #expect(report.sessions == (broken % 4 == 0 ? 49 : 50))
      #expect(report.counts.joined == (broken % 4 == 0 ? 98 : broken % 4 == 1 ? 99 : 100))
    }
  }

  @Test func pausesAreNoWrongClocks() throws {
    for pause in [7200, 86_400 * 90] {
      let report = try report([WrongClockTests.log { $1 + $0 / 8 * pause }])
      #expect(report.counts.skipped.isEmpty && report.sessions == 50)
    }
  }

  @Test func theLastEventMayStandAlone() throws {
    let report = try report([WrongClockTests.log { $0 >= 196 ? $1 + 86_400 : $1 }])
    #expect(report.counts.skipped.isEmpty && report.counts.joined == 100)
  }

  @Test func timesInSmallerUnitsGiveTheSameSessions() throws {
    for unit in [1000, 1_000_000, 1_000_000_000] {
      let report = try report([WrongClockTests.log { $1 * unit }])
      #expect(report.counts.skipped.isEmpty && report.counts.joined == 100)
    }
  }
}
