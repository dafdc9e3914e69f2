import Checkpoints
import Foundation
import Networks
import Testing
import Training

/// Training that starts from a reference and makes it worse.
@Suite struct HarmTests {
  private struct State: Decodable {
    struct Passed: Decodable {
      var step: Int
      var reason: String
    }
    var step: Int
    var passedOver: [Passed]?

    enum CodingKeys: String, CodingKey {
      case step
      case passedOver = "passed_over"
    }
  }

  private static let overrides = [
    "evaluator.pointwise=true", "data.simulate=600", "data.feed.users=150",
    "training.judge.share=0.4", "training.judge.every=4", "training.evaluator.epochs=3",
  ]

  private func state(_ path: String) throws -> State {
    try CheckpointReader(path: path).state(as: State.self)
  }

  /// Steps this large leave nothing of the reference.
  @Test func aPolicyThatTrainingRuinsIsNotBest() throws {
    try withTemporaryRun("harm") { path in
      let notes = Notes()
      let best = try TinyRun.run(
        path, Self.overrides + ["training.generator.learning_rate=3"], notes: notes)
      #expect(try state(best).step == 0)
      let metrics = content("\(path)/metrics.jsonl")
      #expect(metrics.contains("\"generator.label_lead.click\":-"))
      #expect(metrics.contains("\"generator.label_lead_high.click\":"))
      #expect(notes.all.contains { $0.hasPrefix("note: best is the policy before its first") })
      let card = content("\(best)/MODEL_CARD.md")
      #expect(card.contains("## How this checkpoint was chosen"))
    }
  }

  @Test func aJudgeThatMissedItsGateCannotReplaceTheReferenceWithoutLabels() throws {
    try withTemporaryRun("weak") { path in
      let best = try TinyRun.run(
        path,
        Self.overrides + [
          "training.evaluator.required_margin=1000", "training.judge.labels=0",
        ])
      #expect(try state(best).step == 0)
      let last = try state("\(path)/checkpoints/step-000012")
      let passed = try #require(last.passedOver)
      #expect(passed.map(\.step) == [4, 8, 12])
      #expect(passed.allSatisfy { $0.reason.contains("did not meet the quality gate") })
      #expect(content("\(best)/MODEL_CARD.md").contains("was passed over"))
    }
  }

  @Test func withoutLabelsNothingIsSaidOfThem() throws {
    try withTemporaryRun("unasked") { path in
      try TinyRun.run(path, Self.overrides + ["training.judge.labels=0"])
      #expect(!content("\(path)/metrics.jsonl").contains("label_lead"))
    }
  }

  @Test func anInterruptedRunChoosesTheSame() throws {
    let overrides = Self.overrides + ["training.evaluator.required_margin=1000"]
    try withTemporaryRun("whole") { whole in
      let expected = try RunResult(whole, last: try TinyRun.run(whole, overrides))
      try withTemporaryRun("stopped") { path in
        let count = Polls()
        let steps = content("\(whole)/metrics.jsonl").split(separator: "\n").count
        #expect(throws: RunInterrupted.self) {
          try TinyRun.run(path, overrides) { count.next() == steps - 5 ? SIGTERM : nil }
        }
        let result = try RunResult(path, last: try TinyRun.run(path, overrides, workers: 2))
        #expect(result.differences(from: expected) == [])
      }
    }
  }
}
