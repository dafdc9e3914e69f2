import Foundation
import Networks
import Testing
import Training

@Suite struct ResumptionTests {
  /// Stops after so many steps: in the first and second evaluator, at their ends, while imitating,
  /// at a checkpoint, between two, at the last step.
  @Test(arguments: [1, 6, 8, 9, 15, 16, 17, 19, 21, 24, 27, 28])
  func anInterruptedRunGoesOnAsIfNothingHadBeen(polls: Int) throws {
    let expected = try RunResult.uninterrupted.get()
    try withTemporaryRun("interrupted") { path in
      let count = Polls()
      let stopped = #expect(throws: RunInterrupted.self) {
        try TinyRun.run(path) { count.next() == polls ? SIGTERM : nil }
      }
      #expect(stopped?.signal == SIGTERM)
      let lines = content("\(path)/metrics.jsonl").split(separator: "\n")
      #expect(lines.count == polls)
      let result = try RunResult(path, last: try TinyRun.run(path, workers: 2))
      #expect(result.differences(from: expected) == [])
    }
  }

  @Test func manyInterruptionsInARowChangeNothing() throws {
    let expected = try RunResult.uninterrupted.get()
    try withTemporaryRun("often") { path in
      var last: String?
      var stops = 0
      while last == nil {
        let count = Polls()
        do {
          last = try TinyRun.run(path) { count.next() == 3 ? SIGINT : nil }
        } catch let stopped as RunInterrupted {
          #expect(stopped.signal == SIGINT)
          stops += 1
        }
      }
      #expect(stops == 9)
      #expect(try RunResult(path, last: try #require(last)).differences(from: expected) == [])
    }
  }

  /// A process that is killed leaves what stands on the disk at that moment: checkpoints of some
  /// steps ago, later lines in the logs, the last of them torn.
  @Test(arguments: [5, 12, 16, 18, 22, 26])
  func aKilledRunGoesOnFromItsLastCheckpoint(polls: Int) throws {
    let expected = try RunResult.uninterrupted.get()
    try withTemporaryRun("running") { path in
      try withTemporaryRun("killed") { copy in
        let count = Polls()
        try TinyRun.run(path) {
          if count.next() == polls {
            try? FileManager.default.copyItem(atPath: path, toPath: copy)
          }
          return nil
        }
        let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: "\(copy)/metrics.jsonl"))
        try handle.seekToEnd()
        try handle.write(contentsOf: Data("{\"step\":\(polls + 1),\"generator.rew".utf8))
        try handle.close()
        let result = try RunResult(copy, last: try TinyRun.run(copy))
        #expect(result.differences(from: expected) == [])
      }
    }
  }

  /// Stops on each rung of an evaluator that starts pointwise, and while the policy is trained.
  @Test func aRunWithPointwiseEvaluatorsGoesOnToo() throws {
    let overrides = ["evaluator.pointwise=true", "training.generator.steps=6"]
    try withTemporaryRun("whole") { path in
      let polls = Polls()
      let whole = try RunResult(
        path,
        last: try TinyRun.run(path, overrides) {
          _ = polls.next()
          return nil
        })
      let count = polls.next() - 1
      for stop in [1, count / 8, count / 4, count / 3, count / 2, 3 * count / 4, count - 2] {
        try withTemporaryRun("stopped") { path in
          let own = Polls()
          #expect(throws: RunInterrupted.self) {
            try TinyRun.run(path, overrides) { own.next() == stop ? SIGTERM : nil }
          }
          let result = try RunResult(path, last: try TinyRun.run(path, overrides, workers: 2))
          #expect(result.differences(from: whole) == [], "stopped at \(stop) of \(count)")
        }
      }
    }
  }

  @Test func aCheckpointThatIsBeingWrittenIsNotPickedUp() throws {
    let expected = try RunResult.uninterrupted.get()
    try withTemporaryRun("half") { path in
      let count = Polls()
      #expect(throws: RunInterrupted.self) {
        try TinyRun.run(path) { count.next() == 22 ? SIGTERM : nil }
      }
      // As a writer leaves it that is killed between its files, and one before its renaming.
      for name in ["step-000011", ".step-000012.tmp-1"] {
        let folder = "\(path)/checkpoints/\(name)"
        try FileManager.default.createDirectory(
          atPath: folder, withIntermediateDirectories: true)
        try Data("half".utf8).write(to: URL(fileURLWithPath: "\(folder)/model.safetensors"))
      }
      let result = try RunResult(path, last: try TinyRun.run(path))
      #expect(result.differences(from: expected) == [])
    }
  }
}
