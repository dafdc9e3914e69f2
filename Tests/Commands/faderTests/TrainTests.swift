import Foundation
import Testing

@Suite struct TrainTests {
  /// Enough steps to be stopped in the middle of them.
  private static func folder() throws -> Scratch {
    let scratch = try Scratch()
    try scratch.write(TinyRun.configuration(steps: 1500, every: 500), to: "tiny.yaml")
    return scratch
  }

  private static func steps(_ scratch: Scratch, _ run: String) -> Int {
    (try? scratch.text("\(run)/metrics.jsonl"))?.split(separator: "\n").count ?? 0
  }

  @Test func trainingPrintsTheCheckpoint() throws {
    let scratch = try TinyRun.shared.get()
    let outcome = try Binary.run(["train", "--out", "run", "--resume"], in: scratch)
    #expect(outcome.status == 0)
    #expect(outcome.output == TinyRun.checkpoint + "\n")
  }

  @Test func theGateStopsTraining() throws {
    let scratch = try Scratch()
    try scratch.write(TinyRun.configuration(), to: "tiny.yaml")
    let outcome = try Binary.run(
      [
        "train", "--config", "tiny.yaml", "--out", "run", "--set",
        "training.evaluator.maximum_calibration_error=1e-9",
      ], in: scratch)
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains("--force"))
    #expect(outcome.output.isEmpty)
  }

  @Test func numbersOfWorkersGiveTheSameBytes() throws {
    let scratch = try Scratch()
    try scratch.write(TinyRun.configuration(), to: "tiny.yaml")
    for workers in ["1", "2", "4"] {
      let outcome = try Binary.run(
        TinyRun.train(out: "run\(workers)") + ["--workers", workers], in: scratch)
      #expect(outcome.status == 0, "\(outcome.errors)")
    }
    let one = try scratch.contents(of: "run1/checkpoints")
    #expect(!one.isEmpty)
    #expect(try scratch.contents(of: "run2/checkpoints") == one)
    #expect(try scratch.contents(of: "run4/checkpoints") == one)
    let other = TinyRun.train(out: "other") + ["--seed", "9"]
    #expect(try Binary.run(other, in: scratch).status == 0)
    #expect(try scratch.contents(of: "other/checkpoints") != one)
  }

  /// Stopped twice, among the evaluators' steps and among the generator's, then ended.
  @Test func aStoppedRunGoesOnToTheSameBytes() throws {
    let scratch = try Self.folder()
    let whole = try Binary.run(TinyRun.train(out: "whole"), in: scratch)
    #expect(whole.status == 0, "\(whole.errors)")
    let resume = ["train", "--out", "parts", "--resume", "--force"]

    let first = try Binary.start(TinyRun.train(out: "parts"), in: scratch)
    first.wait { Self.steps(scratch, "parts") >= 5 }
    first.process.terminate()
    let stopped = try first.wait()
    #expect(stopped.status == 143)
    #expect(stopped.errors.contains("--resume"))

    let before = Self.steps(scratch, "whole") - 1500
    let second = try Binary.start(resume, in: scratch)
    second.wait { Self.steps(scratch, "parts") >= before + 200 }
    second.process.interrupt()
    #expect(try second.wait().status == 130)
    #expect(!scratch.exists("parts/checkpoints/step-001500"))

    #expect(try Binary.run(resume, in: scratch).status == 0)
    #expect(try scratch.text("parts/metrics.jsonl") == scratch.text("whole/metrics.jsonl"))
    let expected = try scratch.contents(of: "whole/checkpoints/step-001500")
    #expect(!expected.isEmpty)
    #expect(try scratch.contents(of: "parts/checkpoints/step-001500") == expected)
  }
}
