import EventIngest
import Sessions
import TestSupport
import Testing

/// The log that Metarank documents (doc/event-schema.md of metarank/metarank), as it stands there.
struct MetarankLogTests {
  private static let log = [
    #"{"event":"item","id":"81f4","timestamp":"1599391460000","item":"item1","fields":[{"name":"title","value":"You favourite cat"},{"name":"color","value":["white","black"]},{"name":"is_cute","value":true},{"name":"sizes","value":[38,39]},{"name":"embedding","value":[0.25,1,-2]}]}"#,
    #"{"event":"user","id":"81f5","timestamp":"1599391461000","user":"user1","fields":[{"name":"age","value":33},{"name":"gender","value":"m"}]}"#,
    #"{"event":"ranking","id":"81f6","tenant":"default","timestamp":"1599391467000","user":"user1","session":"session1","fields":[{"name":"query","value":"cat"},{"name":"source","value":"search"}],"items":[{"id":"item3","relevancy":2.0},{"id":"item1","relevancy":1.0},{"id":"item2"}]}"#,
    #"{"event":"ranking","id":"81f7","timestamp":"1599391468000","session":"session2","items":[{"id":"item2","fields":[{"name":"relevancy","value":7}],"relevancy":1}]}"#,
    #"{"event":"ranking","id":"81f8","timestamp":1599391469000,"items":[{"id":"item2","label":3}]}"#,
    #"{"event":"interaction","id":"0f4c","ranking":"81f6","timestamp":"1599391470000","user":"user1","session":"session1","type":"purchase","item":"item1","fields":[{"name":"count","value":1},{"name":"shipping","value":"DHL"}]}"#,
    #"{"event":"interaction","id":"0f4d","timestamp":"2020-09-06T11:24:30Z","type":"like","item":"item1","user":"user1"}"#,
    #"{"event":"interaction","id":"0f4e","ranking":"","timestamp":"1599391471000","type":"like","item":"item1"}"#,
  ]

  private func ingested(
    _ log: [String], scans: Bool = true
  ) throws -> (report: IngestReport, sessions: [Session]) {
    let folder = try TemporaryFolder()
    let path = try folder.file("log", log.joined(separator: "\n"))
    let target = folder.path("sessions")
    let report = try ingest(events: [path], to: target, options: IngestOptions(), scans: scans)
    return (report, try SessionReader.all(path: target))
  }

  @Test(arguments: [true, false])
  func theDocumentedLogGivesSessions(_ scans: Bool) throws {
    let (report, sessions) = try ingested(MetarankLogTests.log, scans: scans)
    #expect(!report.hasPositions && report.description.contains("order of the items"))
    #expect(sessions.map(\.request.id) == ["81f6", "81f7", "81f8"])
    #expect(sessions.map(\.request.user.id) == ["user1", "session2", "81f8"])
    #expect(sessions.map(\.shown) == [[0, 1, 2], [0], [0]])
    let first = sessions[0]
    #expect(first.time == 1_599_391_467)
    #expect(first.feedback == ["purchase": [0, 1, 0]])
    #expect(first.request.context == ["query": .text("cat"), "source": .text("search")])
    #expect(first.request.user.features == ["age": .number(33), "gender": .text("m")])
    #expect(
      first.request.candidates[1].features == [
        "title": .text("You favourite cat"), "color": .texts(["white", "black"]),
        "is_cute": .flag(true), "sizes": .texts(["38", "39"]), "relevancy": .number(1),
        "embedding.0": .number(0.25), "embedding.1": .number(1), "embedding.2": .number(-2),
      ])
    #expect(first.request.candidates[2].features.isEmpty)
    #expect(sessions[1].request.candidates[0].features == ["relevancy": .number(7)])
    #expect(report.counts.count(of: .withoutRanking) == 2)
    #expect(report.counts.count(of: .missingField) == 0 && report.counts.joined == 1)
  }

  @Test func onePositionInTheLogMeansThatItemsWithoutOneWereNotShown() throws {
    let placed = MetarankLogTests.log[2].replacing("81f6", with: "81f9")
      .replacing(#""id":"item3","#, with: #""id":"item3","position":1,"#)
    let log = MetarankLogTests.log.map { $0.replacing(#""id":"81f7","#, with: #""id":"81f7", "#) }
    let folder = try TemporaryFolder()
    let path = try folder.file("log", (log + [placed]).joined(separator: "\n"))
    let report = try ingest(
      events: [path], to: folder.path("sessions"), options: IngestOptions(allowedLoss: 1))
    #expect(report.hasPositions && report.sessions == 1)
    #expect(report.counts.count(of: .nothingShown) == 3)
  }

  @Test func aLogOfSeveralTenantsIsRefusedSinceTheirIdsMayMeanDifferentThings() throws {
    let one = MetarankLogTests.log + [MetarankLogTests.log[2].replacing("81f6", with: "81f9")]
    #expect(try ingested(one).report.sessions == 4)
    let two =
      one.dropLast() + [
        MetarankLogTests.log[2].replacing("81f6", with: "81f9").replacing("default", with: "other")
      ]
    #expect {
      _ = try ingested(Array(two))
    } throws: { error in
      (error as? FieldError)?.pointer == "/tenant" && "\(error)".contains("default and other")
    }
  }
}
