import Foundation
import Testing
import Training

/// What a run that goes on from a checkpoint may not change.
@Suite struct WarmStartRefusalTests {
  /// The overrides of the second run, and what the refusal must name.
  static let unfit: [(change: [String], words: [String])] = [
    (["objectives=[{name: click, predicted: like}]"], ["predicted(click, sum)", "predicted(like"]),
    (
      [
        "objectives=[{name: click, predicted: click, scale: 2}, {name: cold_start, share: is_cold}, "
          + "{name: shops, distinct: shop}]"
      ], ["objectives", "/ 2.0"]
    ),
    (["schema.item.exclude=[priority, price]"], ["schema", "price"]),
    (["generator.state=8"], ["generator", "state: 4", "state: 8"]),
    (["evaluator.ensemble=3"], ["evaluator", "ensemble: 2", "ensemble: 3"]),
    (["data.feed.list_length=6"], ["lists of up to 4 items", "one of 6"]),
    (["schema.feedback={click: number}"], ["feedback 'click' of 0 or 1", "other numbers"]),
    (["training.judge.share=0.5"], ["training.judge.share", "0.3", "0.5"]),
  ]

  @Test(arguments: unfit.indices) func anotherShapeIsRefused(index: Int) throws {
    let (change, words) = Self.unfit[index]
    try withTemporaryRun("parent") { path in
      let parent = try TinyRun.run(path, JudgeTests.overrides)
      try withTemporaryRun("unfit") { path in
        let fault = try #require(throws: WarmStartError.self) {
          try TinyRun.run(
            path, JudgeTests.overrides + ["training.warm_start.from=\(parent)"] + change)
        }
        for word in words + [parent, "config.yaml"] {
          #expect(fault.description.contains(word), "\(fault)")
        }
        #expect(!FileManager.default.fileExists(atPath: "\(path)/config.yaml"))
      }
    }
  }

  /// Pessimism, seeds and everything about learning may change.
  @Test func othersWaysOfLearningAreTaken() throws {
    try withTemporaryRun("parent") { path in
      let parent = try TinyRun.run(path)
      try withTemporaryRun("fit") { path in
        try TinyRun.run(
          path,
          [
            "training.warm_start.from=\(parent)", "training.warm_start.steps=4",
            "evaluator.pessimism=1", "training.seed=9", "training.generator.lists=2",
            "schema.feedback={click: binary}",
          ])
      }
    }
  }

  @Test func aRunGoesOnFromTheCheckpointItBeganWithOnly() throws {
    try withTemporaryRun("parent") { path in
      let last = try TinyRun.run(path)
      let from = { (name: String) in
        ["training.warm_start.from=\(path)/checkpoints/\(name)", "training.warm_start.steps=4"]
      }
      try withTemporaryRun("stopped") { own in
        let count = Polls()
        #expect(throws: RunInterrupted.self) {
          try TinyRun.run(own, from("step-000010")) { count.next() == 18 ? SIGTERM : nil }
        }
        let fault = try #require(throws: DataError.self) {
          try TinyRun.run(own, from("step-000012"))
        }
        #expect(fault.message.contains("step-000010") && fault.message.contains("step-000012"))
      }
      _ = last
    }
  }
}
