import Foundation
import Testing

/// The family `screen` through the programs: trained on a feed that is left on the way down, judged,
/// exported, adapted.
@Suite struct ScreenTests {
  private static let shared = Result { () throws -> Scratch in
    let scratch = try Scratch()
    try scratch.write(
      """
      version: 1
      data:
        feed: {candidates: 12, list_length: 6, users: 60, items: 400, interest_drift: 2, survival: true, contrast: 0, kind_contrast: 0}
        simulate: 500
        moments: 1
      schema:
        item: {fields: {score: {logit: true}}}
        history: {exposure: {length: 10}}
      objectives:
        - {name: view, predicted: click, aggregate: survival, next: has_next}
        - {name: cold, share: is_cold}
      family: screen
      screen: {scores: [score], attention: 4, cross: 3, experts: 2, expert_width: 8, tower: 4, beam: {width: 1}, fitting: {steps: 40, batch: 32}}
      evaluator: {ensemble: 1, item_hidden: 8, item_width: 6, trunk: [8, 6], head_hidden: 6}
      training:
        evaluator: {epochs: 1}
        judge: {share: 0}
      """, to: "screen.yaml")
    let outcome = try Binary.run(
      ["train", "--config", "screen.yaml", "--out", "run", "--force", "--workers", "2"], in: scratch
    )
    guard outcome.status == 0 else { throw TinyRun.Failure(message: outcome.errors) }
    let simulated = try Binary.run(
      ["simulate", "--config", "screen.yaml", "--sessions", "120", "--out", "sessions.jsonl"],
      in: scratch)
    guard simulated.status == 0 else { throw TinyRun.Failure(message: simulated.errors) }
    return scratch
  }

  @Test func itIsJudgedAndRanksAsAnyFamily() throws {
    let scratch = try Self.shared.get()
    let report = try Binary.run(
      ["evaluate", "--checkpoint", "run", "--requests", "20", "--boosted", "0"], in: scratch)
    #expect(report.status == 0 && report.output.contains("Is it better?"))
    #expect(try scratch.text("run/metrics.jsonl").contains("screen.gate.click.0"))
    #expect(try scratch.text("run/metrics.jsonl").contains("screen.held_out_loss_of_scores.click"))
  }

  @Test func whatLosesTooMuchIsNotWritten() throws {
    let scratch = try Self.shared.get()
    let refused = try Binary.run(
      [
        "export", "--checkpoint", "run", "--device", "none", "--precision", "int8", "--sessions",
        "sessions.jsonl", "--requests", "5", "--most-lost=-1",
      ], in: scratch)
    #expect(refused.status == 2 && refused.errors.contains("nothing was written"))
    let outcome = try Binary.run(
      ["export", "--checkpoint", "run", "--device", "phone", "--onnx", "run.onnx"], in: scratch)
    #expect(outcome.status == 0)
    let listed = try Binary.run(["inspect", "phone", "--json"], in: scratch)
    #expect(listed.status == 0 && listed.output.contains("screen"))
    let folder = try Binary.run(
      ["export", "--checkpoint", "run", "--precision", "int4"], in: scratch)
    #expect(folder.status == 64)
  }

  @Test func usersGetSlicesOfTheirOwn() throws {
    let scratch = try Self.shared.get()
    let trained = try Binary.run(
      [
        "adapt", "--checkpoint", "run", "--meta", "paml", "--train", "sessions.jsonl", "--out",
        "shared", "--meta-steps", "3",
      ], in: scratch)
    #expect(trained.status == 0)
    let outcome = try Binary.run(
      [
        "adapt", "--checkpoint", "shared", "--sessions", "sessions.jsonl", "--slices", "slices",
        "--beside", "run", "--json",
      ], in: scratch)
    let first = try #require(try JSON(outcome.output).array?.first)
    #expect(outcome.status == 0 && first["decile"]?.number == 0)
    #expect((first["users"]?.number ?? 0) > 5)
    let foreign = try Binary.run(
      ["adapt", "--checkpoint", "nowhere", "--sessions", "sessions.jsonl"], in: scratch)
    #expect(foreign.status == 66)
  }

  @Test func aScoreThatIsNoNumberIsAFault() throws {
    let scratch = try Self.shared.get()
    let outcome = try Binary.run(
      [
        "train", "--config", "screen.yaml", "--out", "faulty", "--force", "--set",
        "screen.scores=[shop]",
      ], in: scratch)
    #expect(outcome.status == 78 && outcome.errors.contains("screen.scores: expected numbers"))
  }
}
