import EventIngest
import Foundation
import Sessions
import TestSupport
import Testing

struct IngestTests {
  private static let log = """
    {"event":"item","id":"a","fields":{"shop":"s1"}}
    {"event":"ranking","id":"q1","timestamp":"2025-01-01T00:00:00Z","user":"u1",\
    "fields":{"page":1},"items":[{"id":"a","position":1},{"id":"b","position":2},{"id":"c"}]}
    {"event":"interaction","ranking":"q1","item":"a","type":"save",\
    "timestamp":"2025-01-01T00:00:05Z"}
    {"event":"interaction","ranking":"q1","item":"b","type":"save",\
    "timestamp":"2025-01-01T00:00:06Z"}
    {"event":"interaction","ranking":"q1","item":"a","type":"unsave",\
    "timestamp":"2025-01-01T00:00:07Z"}

    {"event":"ranking","id":"q2","timestamp":"2025-01-01T01:00:00Z","user":"u1",\
    "items":[{"id":"b","position":1}]}
    {"event":"interaction","ranking":"q2","item":"b","type":"dwell",\
    "timestamp":"2025-01-01T01:00:09Z","value":12.5}
    {"event":"\\u0069nteraction","ranking":"q2","item":"c","type":"open","timestamp":1}
    {"event":"click"}
    {"event":"ranking","id":"q3"
    {"event":"ranking","id":"q4"}
    """

  @Test func aLogBecomesSessionsWithAllFeedbackKinds() throws {
    let folder = try TemporaryFolder()
    let log = try folder.file("log", IngestTests.log)
    let target = folder.path("sessions.jsonl.gz")
    let report = try ingest(events: [log], to: target)
    let sessions = try SessionReader.all(path: target)
    #expect(sessions.map(\.request.id) == ["q1", "q2"])
    #expect(sessions[0].feedback == ["save": [0, 1], "dwell": [0, 0], "open": [0, 0]])
    #expect(sessions[1].feedback == ["save": [0], "dwell": [12.5], "open": [0]])
    #expect(sessions[0].request.candidates[0].features == ["shop": .text("s1")])
    #expect(report.lines == 12 && report.rankings == 2 && report.interactions == 5)
    #expect(report.sessions == 2 && report.counts.joined == 4 && report.counts.retractions == 1)
    #expect(report.feedback == ["save": 1, "dwell": 12.5, "open": 0])
    #expect(
      Dictionary(uniqueKeysWithValues: report.skipped.map { ($0.reason, $0.count) })
        == [.unknownRanking: 1, .unknownEvent: 1, .malformedLine: 1, .missingField: 1])
    #expect(report.isSorted && report.isWritten)
    #expect(report.description.contains("\(log):10"))
    #expect(try validateSessions(path: target).isSound)
    let stored = try JSONEncoder().encode(report)
    #expect(try JSONDecoder().decode(IngestReport.self, from: stored) == report)
  }

  @Test func logsInSeparateFilesAreMergedByTime() throws {
    let folder = try TemporaryFolder()
    let lines = IngestTests.log.split(separator: "\n").map(String.init)
    let together = try folder.file("log", lines.joined(separator: "\n"))
    let apart = try [
      folder.file("i", lines.filter { $0.contains("nteraction") }.joined(separator: "\n")),
      folder.file("r", lines.filter { $0.contains("\"ranking\",") }.joined(separator: "\n")),
      folder.file("x", lines.filter { $0.contains("\"item\",\"id\"") }.joined(separator: "\n")),
    ]
    _ = try ingest(events: [together], to: folder.path("a"))
    let report = try ingest(events: apart, to: folder.path("b"))
    #expect(try bytes(of: folder.path("a")) == bytes(of: folder.path("b")))
    #expect(report.counts.joined == 4)
  }

  @Test func equalLogsGiveEqualBytes() throws {
    let folder = try TemporaryFolder()
    let log = try folder.file("log", IngestTests.log)
    _ = try ingest(events: [log], to: folder.path("a.gz"))
    _ = try ingest(events: [log], to: folder.path("b.gz"))
    #expect(try bytes(of: folder.path("a.gz")) == bytes(of: folder.path("b.gz")))
  }

  @Test func aFailedIngestLeavesNothingBehind() throws {
    let folder = try TemporaryFolder()
    let log = try folder.file("log", IngestTests.log)
    #expect(throws: FileError.missing(path: folder.path("none"))) {
      try ingest(events: [log, folder.path("none")], to: folder.path("s"))
    }
    #expect(throws: FileError.self) { try ingest(events: [log], to: log) }
    #expect(throws: FieldError.self) {
      try ingest(
        events: [log], to: folder.path("s"),
        options: IngestOptions(retractions: ["a": "b", "b": "c"]))
    }
    #expect(throws: FieldError.self) {
      try ingest(events: [log], to: folder.path("s"), options: IngestOptions(window: -1))
    }
    #expect(folder.names == ["log"])
  }
}
