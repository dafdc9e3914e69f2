import Foundation
import Testing

/// The path from a real log to a ranked list, where the log is at hand.
@Suite struct LispTests {
  static let log = PackageRoot.url.deletingLastPathComponent()
    .appendingPathComponent("shared/data/lisp/events.jsonl").path

  static let isThere: Bool = {
    let isThere = FileManager.default.fileExists(atPath: log)
    if !isThere { print("note: the lisp log is not beside the package; its test is skipped") }
    return isThere
  }()

  private static let small = [
    "training.evaluator.epochs=4", "training.generator.steps=60",
    "training.generator.checkpoint_every=60", "evaluator.ensemble=1",
    "data.sessions=[sessions.jsonl]",
  ]

  @Test(.enabled(if: isThere)) func aRealLogBecomesARanker() throws {
    let scratch = try Scratch()
    let ingest = try JSON(
      try Binary.run(["ingest", Self.log, "--out", "sessions.jsonl", "--json"], in: scratch)
        .output)
    #expect(ingest["sessions"]?.number == 804)
    #expect(ingest["feedback"]?.keys == ["expand", "save"])
    #expect(try Binary.run(["validate", "sessions.jsonl"], in: scratch).status == 0)

    let config = PackageRoot.url.appendingPathComponent("configs/lisp.yaml").path
    // So little training need not pass the gate.
    let train = try Binary.run(
      ["train", "--config", config, "--out", "run", "--force"]
        + Self.small.flatMap { ["--set", $0] }, in: scratch)
    #expect(train.status == 0, "\(train.errors)")

    let evaluate = try Binary.run(["evaluate", "--checkpoint", "run", "--json"], in: scratch)
    #expect(evaluate.status == 0, "\(evaluate.errors)")
    let report = try JSON(evaluate.output)
    #expect((report["requests"]?.number ?? 0) > 50)
    #expect(report["control"]?["spearman"]?.keys.count == 4)

    let request = try CheckpointTests.request(scratch)
    let ranked = try Binary.run(
      ["rank", "--checkpoint", "run", "--weights", "expand=1"], input: request + "\n", in: scratch)
    #expect(ranked.status == 0, "\(ranked.errors)")
    #expect(try JSON(ranked.output)["items"]?.array?.count == 4)
  }
}
