import Foundation
import Testing

/// What is done with a checkpoint: evaluate, inspect, rank.
@Suite struct CheckpointTests {
  @Test func evaluateGivesTheAgreedKeys() throws {
    let scratch = try TinyRun.shared.get()
    let outcome = try Binary.run(
      ["evaluate", "--checkpoint", "run", "--requests", "40", "--json", "--html", "page.html"],
      in: scratch)
    #expect(outcome.status == 0, "\(outcome.errors)")
    let report = try JSON(outcome.output)
    #expect(report["requests"]?.number == 40)
    #expect(
      report["better_percentage"]?.keys.isSuperset(of: ["mean", "min", "low", "high"]) == true)
    #expect(report["control"]?["spearman"]?.keys == ["click", "shops"])
    #expect(
      report["boosted"]?.keys == ["gain", "better_percentage", "losses", "sessions", "requests"])
    #expect(
      report["boosted"]?["losses"]?["click"]?.keys == [
        "boosted", "evaluators", "judge", "slot_mean",
      ])
    for gain in ["true_gain", "predicted_gain"] {
      #expect(report["world"]?[gain]?.keys.isSuperset(of: ["mean", "min"]) == true)
    }
    for probe in report["probes"]?.array ?? [] {
      #expect(
        probe.keys.isSuperset(of: [
          "weights", "better_percentage", "ties", "reward_generated", "reward_logged", "utilities",
        ]))
    }
    #expect((report["probes"]?.array?.count ?? 0) > 1)
    #expect(report["kinds"]?["click"]?.string == "amount")
    #expect(report["kinds"]?["shops"]?.string == "share")
    let segments = report["segments"]?.array ?? []
    #expect(!segments.isEmpty)
    for segment in segments {
      #expect(segment["users"]?.number ?? 0 >= 5)
      #expect(segment["judge"]?["better"]?.number != nil)
    }
    let page = try scratch.text("page.html")
    #expect(page.hasPrefix("<!DOCTYPE html>"))
    // A checkpoint inside a run brings the run's curves and configuration.
    #expect(page.contains("How did it train?") && page.contains("With which configuration?"))
  }

  @Test func evaluateTakesSessionsFromFiles() throws {
    let scratch = try TinyRun.shared.get()
    let arguments = [
      "evaluate", "--checkpoint", TinyRun.checkpoint, "--sessions", "sessions.jsonl",
      "--requests", "30",
    ]
    let text = try Binary.run(arguments, in: scratch)
    #expect(text.status == 0, "\(text.errors)")
    #expect(text.output.contains("30 requests"))
    #expect(!text.output.contains("\u{1b}"), "no colours into a file")
    let report = try JSON(try Binary.run(arguments + ["--json"], in: scratch).output)
    // They come from the checkpoint's own world, which knows the truth about them.
    #expect(report["world"]?["true_gain"]?["mean"] != nil)
  }

  @Test func nothingIsSaidOfTheTruthOfSessionsThatAreNotTheWorlds() throws {
    let scratch = try TinyRun.shared.get()
    let sessions = try scratch.text("sessions.jsonl")
    // Real people's ids: the same log otherwise.
    try scratch.write(
      sessions.replacingOccurrences(of: "\"id\":\"u", with: "\"id\":\"person"),
      to: "people.jsonl")
    let report = try JSON(
      try Binary.run(
        ["evaluate", "--checkpoint", TinyRun.checkpoint, "--sessions", "people.jsonl", "--json"],
        in: scratch
      ).output)
    #expect(report["requests"]?.number == 60 && report["world"] == nil)
  }

  @Test func sessionsOfAnotherLogAreRefused() throws {
    let scratch = try TinyRun.shared.get()
    let session =
      #"{"id":"r1","time":1,"user":{"id":"u1","features":{}},"context":{},"candidates":["#
      + #"{"id":"a","features":{"colour":"red"}},{"id":"b","features":{"colour":"blue"}}],"#
      + #""shown":[0],"feedback":{"click":[1]}}"#
    try scratch.write(session + "\n", to: "foreign.jsonl")
    let outcome = try Binary.run(
      ["evaluate", "--checkpoint", TinyRun.checkpoint, "--sessions", "foreign.jsonl"],
      in: scratch)
    #expect(outcome.status == 65)
    #expect(outcome.errors.contains("expected items with features such as"))
    #expect(outcome.errors.contains("colour"))
  }

  @Test func inspectShowsCheckpointsAndRuns() throws {
    let scratch = try TinyRun.shared.get()
    let own = try JSON(
      try Binary.run(["inspect", TinyRun.checkpoint, "--json"], in: scratch).output)
    let objectives = own["objectives"]?.array ?? []
    #expect(objectives.compactMap { $0["name"]?.string } == ["click", "shops"])
    #expect(objectives.compactMap { $0["definition"]?.string }.last == "distinct(shop)")
    #expect((own["generator"]?["parameters"]?.number ?? 0) > 1000)
    #expect(own["evaluators"]?["hash"]?.string?.count == 64)
    #expect(
      own["schema"]?["feedback"] == .array([.string("click"), .string("dwell"), .string("like")]))
    let run = try JSON(try Binary.run(["inspect", "run", "--json"], in: scratch).output)
    let newest = try JSON(
      try Binary.run(["inspect", "run/checkpoints/step-000030", "--json"], in: scratch).output)
    #expect(run["newest"] == newest)
    // Three steps, the evaluators, the judge, and the one it prefers.
    #expect(run["checkpoints"]?.array?.count == 6)
  }

  @Test func rankAnswersEveryLine() throws {
    let scratch = try TinyRun.shared.get()
    let request = try Self.request(scratch)
    let outcome = try Binary.run(
      ["rank", "--checkpoint", "run", "--weights", "shops=2"], input: request + "\n\nnonsense\n",
      in: scratch)
    #expect(outcome.status == 65)
    #expect(outcome.errors.contains("1 line refused"))
    let lines = try outcome.output.split(separator: "\n").map { try JSON(String($0)) }
    #expect(lines.count == 2)
    #expect(lines.first?["items"]?.array?.count == 4)
    #expect(lines.first?["weights"] == JSON.object(["click": .number(0), "shops": .number(1)]))
    #expect(lines.last?["line"]?.number == 3)
  }

  /// A request of the first session for four items.
  static func request(_ scratch: Scratch) throws -> String {
    let line = try scratch.text("sessions.jsonl").prefix { $0 != "\n" }
    let session = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any] ?? [:]
    let request: [String: Any] = [
      "user": session["user"] ?? [:], "context": session["context"] ?? [:],
      "items": session["candidates"] ?? [], "size": 4,
    ]
    return String(decoding: try JSONSerialization.data(withJSONObject: request), as: UTF8.self)
  }
}
