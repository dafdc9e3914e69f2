import Foundation
import Testing

/// simulate, ingest, validate and inspect over files of sessions.
@Suite struct SessionFileTests {
  @Test func simulatedEventsJoinToTheSimulatedSessions() throws {
    let scratch = try TinyRun.shared.get()
    let ingest = try Binary.run(
      ["ingest", "events.jsonl", "--out", "joined.jsonl.gz", "--json"], in: scratch)
    #expect(ingest.status == 0)
    let report = try JSON(ingest.output)
    #expect(report["sessions"]?.number == 60)
    #expect(report["counts"]?["skipped"]?.array?.isEmpty == true)
    #expect(report["counts"]?["joined"]?.number == report["counts"]?["interactions"]?.number)

    let counts = try ["joined.jsonl.gz", "sessions.jsonl"].map { file in
      let outcome = try Binary.run(["validate", file, "--json"], in: scratch)
      #expect(outcome.status == 0)
      let report = try JSON(outcome.output)
      return ["sessions", "users", "candidates", "shown", "feedback", "with_propensity"]
        .map { report[$0] }
    }
    #expect(counts[0] == counts[1])
    #expect(counts[0][0]?.number == 60)
  }

  @Test func retractionsTakeBack() throws {
    let scratch = try Scratch()
    let ranking = """
      {"event":"ranking","id":"r","timestamp":"2026-01-01T00:00:00Z","user":"u",\
      "items":[{"id":"a","position":1},{"id":"b","position":2}]}
      """
    let events = ["like", "unlike"].enumerated().map { second, type in
      """
      {"event":"interaction","ranking":"r","item":"a","type":"\(type)",\
      "timestamp":"2026-01-01T00:00:0\(second + 1)Z"}
      """
    }
    try scratch.write(([ranking] + events).joined(separator: "\n"), to: "events.jsonl")
    let outcome = try Binary.run(
      ["ingest", "events.jsonl", "--out", "s.jsonl", "--retract", "unlike=like"], in: scratch)
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("retractions       1"))
    #expect(try JSON(try scratch.text("s.jsonl"))["feedback"] == JSON(#"{"like":[0,0]}"#))
  }

  @Test func inspectShowsCountsAndTheFirstSession() throws {
    let scratch = try TinyRun.shared.get()
    let outcome = try Binary.run(["inspect", "sessions.jsonl", "--json"], in: scratch)
    let first = try scratch.text("sessions.jsonl").split(separator: "\n").first
    let report = try JSON(outcome.output)
    #expect(report["first"] == (try first.map { try JSON(String($0)) }))
    #expect(report["counts"]?["sessions"]?.number == 60)
    let text = try Binary.run(["inspect", "sessions.jsonl"], in: scratch).output
    #expect(text.contains("sessions: 60") && text.contains("candidates:"))
    // The text shows three of the candidates, and says how many there are besides.
    let candidates = try #require(report["first"]?["candidates"]?.array?.count)
    #expect(text.contains("and \(candidates - 3) more, which --json prints"))
    #expect(text.split(separator: "\n").count { $0.contains("id: i") } == 3)
  }
}
