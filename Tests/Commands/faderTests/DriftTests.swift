import Foundation
import Testing

/// An upstream model that is trained anew, from the log of the old one to a checkpoint that knows both.
@Suite struct DriftTests {
  /// A run in `run` on scores of version v1, and later sessions of v1 in `old.jsonl`, of v2 in
  /// `new.jsonl`; made once for tests that only read it.
  private static let shared = Result { () throws -> Scratch in
    let scratch = try Scratch()
    let tiny = TinyRun.configuration(steps: 8, every: 8)
      .replacingOccurrences(of: "list_length: 5}", with: "list_length: 5, upstream: {}}")
      .replacingOccurrences(
        of: "  item: {exclude: [priority]}",
        with: """
            item: {exclude: [priority, score]}
            calibration:
              - {score: ctr_score, method: platt, version: item.ctr_version, slices: [kind]}
          """)
    try scratch.write(tiny, to: "tiny.yaml")
    for (name, more) in [("old", []), ("new", ["--set", "data.feed.upstream.retrained_at=2000"])] {
      let simulate = ["simulate", "--config", "tiny.yaml", "--sessions", "3000", "--out"]
      let outcome = try Binary.run(simulate + ["\(name).jsonl"] + more, in: scratch)
      guard outcome.status == 0 else { throw TinyRun.Failure(message: outcome.errors) }
      let lines = try scratch.text("\(name).jsonl").split(separator: "\n").suffix(1000)
      try scratch.write(lines.joined(separator: "\n") + "\n", to: "\(name).jsonl")
    }
    let outcome = try Binary.run(TinyRun.train(out: "run"), in: scratch)
    guard outcome.status == 0 else { throw TinyRun.Failure(message: outcome.errors) }
    return scratch
  }

  private func drift(
    _ checkpoint: String, _ sessions: String, _ more: [String] = []
  ) throws -> Binary.Outcome {
    try Binary.run(
      ["drift", "--checkpoint", checkpoint, "--sessions", sessions] + more, in: Self.shared.get())
  }

  @Test func scoresOfTheOldModelRaiseNoAlarm() throws {
    let outcome = try drift("run", "old.jsonl")
    #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
    #expect(outcome.output.contains("| ctr_score | v1 |") && outcome.output.contains("No alarm"))
  }

  @Test func aRetrainedModelIsNoticedAndThenGetsAMap() throws {
    let before = try drift("run", "new.jsonl", ["--json"])
    #expect(before.status == 2 && before.errors.contains("fader calibrate"))
    let report = try JSON(before.output)["scores"]?["ctr_score"]
    #expect(report?["versions"]?["v2"]?["known"] == .bool(false))
    #expect((report?["labels"]?["low"]?.number ?? 0) > 1.1)
    #expect((report?["versions"]?["v2"]?["psi"]?.number ?? 0) > 0.2)

    let scratch = try Self.shared.get()
    let calibrate = [
      "calibrate", "--checkpoint", "run", "--sessions", "new.jsonl", "--out", "with-v2",
    ]
    let outcome = try Binary.run(calibrate, in: scratch)
    #expect(outcome.status == 0 && outcome.output.contains("ctr_score, version v2: platt"))
    let after = try drift(
      "with-v2", "new.jsonl", ["--require", "scores.ctr_score.labels.pcoc<=1.1"])
    #expect(after.status == 0, "\(after.output)\(after.errors)")
    // The same tensors, another bundle; a reader checks all hashes.
    #expect(
      try Data(
        contentsOf: URL(fileURLWithPath: scratch.path("run/checkpoints/best/model.safetensors")))
        == Data(contentsOf: URL(fileURLWithPath: scratch.path("with-v2/model.safetensors"))))
    let rank = try Binary.run(
      ["rank", "--checkpoint", "with-v2"], input: try request(scratch), in: scratch)
    #expect(rank.status == 0 && !rank.errors.contains("warning"))
    let unknown = try Binary.run(
      ["rank", "--checkpoint", "run"], input: try request(scratch), in: scratch)
    #expect(
      unknown.status == 0 && unknown.errors.contains("version 'v2' of 'ctr_score' has no map"))
    // All versions are known now.
    let again = try Binary.run(
      calibrate.map { $0 == "run" ? "with-v2" : $0 == "with-v2" ? "again" : $0 }, in: scratch)
    #expect(again.status == 65 && again.errors.contains("--refit"))
  }

  @Test func aBoundThatDoesNotHoldEndsWithTwo() throws {
    let outcome = try drift("run", "old.jsonl", ["--require", "scores.ctr_score.psi<=0"])
    #expect(outcome.status == 2 && outcome.errors.contains("scores.ctr_score.psi is"))
    #expect(try drift("run", "old.jsonl", ["--require", "scores.ctr.psi<=1"]).status == 64)
  }

  @Test func aCheckpointWithoutScoresIsRefused() throws {
    let scratch = try TinyRun.shared.get()
    let outcome = try Binary.run(
      ["drift", "--checkpoint", "run", "--sessions", "sessions.jsonl"], in: scratch)
    #expect(outcome.status == 78 && outcome.errors.contains("schema.calibration"))
  }

  @Test func aMisspeltScoreIsAFaultOfTheConfiguration() throws {
    let scratch = try Self.shared.get()
    let text = try scratch.text("tiny.yaml").replacingOccurrences(
      of: "score: ctr_score", with: "score: ctr_scor")
    try scratch.write(text, to: "misspelt.yaml")
    let outcome = try Binary.run(
      ["train", "--config", "misspelt.yaml", "--out", "none", "--check"], in: scratch)
    #expect(outcome.status == 78, "\(outcome.errors)")
    #expect(outcome.errors.contains("schema.calibration.0.score"))
    #expect(outcome.errors.contains("did you mean \"ctr_score\"?"))
  }

  /// A request of the new model's scores.
  private func request(_ scratch: Scratch) throws -> String {
    let line = try #require(try scratch.text("new.jsonl").split(separator: "\n").first)
    let session = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
    let body: [String: Any] = [
      "items": try #require(session?["candidates"]), "weights": ["click": 1],
    ]
    let text = try JSONSerialization.data(withJSONObject: body)
    return String(decoding: text, as: UTF8.self) + "\n"
  }
}
