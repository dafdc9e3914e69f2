import Checkpoints
import EvaluatorModel
import Features
import Foundation
import Networks
import Objectives
import Testing
import Training

/// Runs that go on from the checkpoint of another.
@Suite struct WarmStartTests {
  /// Other sessions of the same world than the first run's.
  private static let sessions = ["data.feed.start_time=1770000000", "data.simulate=200"]

  private static func overrides(from parent: String, _ more: [String] = []) -> [String] {
    sessions + ["training.warm_start.from=\(parent)", "training.warm_start.steps=8"] + more
  }

  /// A first run, with a judge, and what `body` makes of its checkpoint.
  private func withParent(
    _ more: [String] = JudgeTests.overrides, _ body: (String) throws -> Void
  ) throws {
    try withTemporaryRun("parent") { path in try body(try TinyRun.run(path, more)) }
  }

  @Test func theSameSeedGivesTheSameBytesWithAnyNumberOfWorkers() throws {
    try withParent { parent in
      let more = Self.overrides(from: parent, JudgeTests.overrides)
      var results: [RunResult] = []
      for workers in [1, 3] {
        try withTemporaryRun("warm") { path in
          results.append(
            try RunResult(path, last: try TinyRun.run(path, more, workers: workers)))
        }
      }
      #expect(results[1].differences(from: results[0]) == [])
      #expect(!results[0].metrics.contains("imitation"))
    }
  }

  /// Stops among the evaluators' steps, the judge's and the generator's.
  @Test(arguments: [2, 7, 11, 16])
  func anInterruptedRunGoesOnAsIfNothingHadBeen(polls: Int) throws {
    try withParent { parent in
      let more = Self.overrides(from: parent, JudgeTests.overrides)
      try withTemporaryRun("whole") { whole in
        let expected = try RunResult(whole, last: try TinyRun.run(whole, more))
        try withTemporaryRun("stopped") { path in
          let count = Polls()
          #expect(throws: RunInterrupted.self) {
            try TinyRun.run(path, more) { count.next() == polls ? SIGTERM : nil }
          }
          let result = try RunResult(path, last: try TinyRun.run(path, more))
          #expect(result.differences(from: expected) == [])
        }
      }
    }
  }

  @Test func schemaObjectivesAndScalesAreTheParents() throws {
    try withParent { parent in
      try withTemporaryRun("warm") { path in
        let own = try CheckpointReader(
          path: try TinyRun.run(path, Self.overrides(from: parent, JudgeTests.overrides)))
        let theirs = try CheckpointReader(path: parent)
        for reader in [own, theirs] { #expect(reader.sectionNames.contains("judge")) }
        #expect(
          try own.section("schema", as: FittedSchema.self)
            == theirs.section("schema", as: FittedSchema.self))
        #expect(
          try own.section("objectives", as: ObjectiveSet.self)
            == theirs.section("objectives", as: ObjectiveSet.self))
        #expect(
          try own.section("evaluator", as: EvaluatorRecord.self).hash
            != theirs.section("evaluator", as: EvaluatorRecord.self).hash)
      }
    }
  }

  @Test func theBundleSaysWhatItCameFrom() throws {
    try withParent([]) { parent in
      try withTemporaryRun("first") { path in
        let first = try TinyRun.run(path, Self.overrides(from: parent))
        let record = try CheckpointReader(path: first)
          .section(ParentRecord.section, as: ParentRecord.self)
        #expect(record.sha256 == (try sha256(ofFile: "\(parent)/bundle.json")))
        #expect(record.checkpoint == "step-000012" && record.generation == 1)
        #expect(content("\(first)/MODEL_CARD.md").contains(record.sha256))
        try withTemporaryRun("second") { path in
          let second = try TinyRun.run(path, Self.overrides(from: first))
          let record = try CheckpointReader(path: second)
            .section(ParentRecord.section, as: ParentRecord.self)
          #expect(record.generation == 2)
        }
      }
    }
  }

  /// At a ruinous rate every step makes the evaluators worse on held-out sessions.
  @Test func evaluatorsThatLearnNothingStayAsTheyWere() throws {
    try withParent([]) { parent in
      try withTemporaryRun("ruin") { path in
        let last = try TinyRun.run(
          path, Self.overrides(from: parent, ["training.warm_start.evaluator_rate=3"]))
        let hashes = try [last, parent].map {
          try CheckpointReader(path: $0).section("evaluator", as: EvaluatorRecord.self).hash
        }
        #expect(hashes[0] == hashes[1])
      }
    }
  }

  @Test func whatTheCheckpointDoesNotKnowIsSaid() throws {
    try withParent([]) { parent in
      try withTemporaryRun("unknown") { path in
        let notes = Notes()
        try TinyRun.run(
          path, Self.overrides(from: parent, JudgeTests.overrides + ["data.feed.shops=40"]),
          notes: notes)
        #expect(notes.all.contains { $0.contains("% of the sessions' categories are not in") })
        #expect(notes.all.contains { $0.contains("has no judge: one is fitted anew") })
      }
    }
  }
}
