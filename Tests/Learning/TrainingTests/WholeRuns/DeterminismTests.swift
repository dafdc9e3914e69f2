import Foundation
import Testing
import Training

@Suite struct DeterminismTests {
  @Test(arguments: [1, 2, 4])
  func theSameSeedGivesTheSameBytesWithAnyNumberOfWorkers(workers: Int) throws {
    let expected = try RunResult.uninterrupted.get()
    try withTemporaryRun("workers") { path in
      let result = try RunResult(path, last: try TinyRun.run(path, workers: workers))
      #expect(result.differences(from: expected) == [])
    }
  }

  /// Control: the comparison sees another seed.
  @Test func anotherSeedGivesOtherBytes() throws {
    let expected = try RunResult.uninterrupted.get()
    try withTemporaryRun("seed") { path in
      let result = try RunResult(path, last: try TinyRun.run(path, ["training.seed=6"]))
      #expect(result.differences(from: expected).contains("model.safetensors"))
      #expect(result.differences(from: expected).contains("metrics.jsonl"))
    }
  }

  @Test func theLastCheckpointHoldsAllThatItSays() throws {
    let result = try RunResult.uninterrupted.get()
    #expect(
      result.checkpoint.keys.sorted() == [
        "MODEL_CARD.md", "bundle.json", "config.yaml", "model.safetensors",
        "optimizer.safetensors",
        "state.json",
      ])
    let steps = result.metrics.split(separator: "\n").count
    #expect(steps == TinyRun.evaluatorSteps(result.metrics) + 12)
    #expect(result.metrics.contains("generator.imitation_loss"))
    #expect(result.metrics.contains("generator.reward"))
  }

  @Test func aCompleteRunIsNotRunAgain() throws {
    try withTemporaryRun("complete") { path in
      let last = try TinyRun.run(path)
      let result = try RunResult(path, last: last)
      let notes = Notes()
      #expect(try TinyRun.run(path, notes: notes) == last)
      #expect(notes.all == ["\(last) is complete"])
      #expect(try RunResult(path, last: last) == result)
    }
  }
}
