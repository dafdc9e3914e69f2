import Checkpoints
import EvaluatorModel
import Features
import Foundation
import Networks
import Tensors
import Testing
import Training

@Suite struct JudgeTests {
  static let overrides = ["training.judge.share=0.3", "training.judge.every=4"]

  @Test func theJudgeStandsInEveryCheckpointAndPrefersOne() throws {
    try withTemporaryRun("judged") { path in
      let best = try TinyRun.run(path, Self.overrides)
      #expect(best == "\(path)/checkpoints/best")
      for name in ["best", "step-000012"] {
        let reader = try CheckpointReader(path: "\(path)/checkpoints/\(name)")
        let schema = try reader.section("schema", as: FittedSchema.self)
        let judge = try EvaluatorEnsemble(reader, layout: schema.layout, role: .judge)
        let own = try EvaluatorEnsemble(reader, layout: schema.layout)
        #expect(judge.members.count == own.members.count && judge.hash != own.hash)
      }
      let metrics = content("\(path)/metrics.jsonl").split(separator: "\n")
      let heard = metrics.filter { $0.contains("generator.judge_gain") }
      #expect(heard.count == 3)
      #expect(heard.allSatisfy { $0.contains("generator.evaluator_gain") })
      #expect(metrics.contains { $0.contains("judge.0.loss") })
    }
  }

  @Test func theBestIsTheOneWithTheLargestGain() throws {
    struct Line: Decodable {
      var gain: Double?
      enum CodingKeys: String, CodingKey { case gain = "generator.judge_gain" }
    }
    struct State: Decodable {
      var step: Int
      var bestGain: Double
      enum CodingKeys: String, CodingKey {
        case step
        case bestGain = "best_gain"
      }
    }
    try withTemporaryRun("largest") { path in
      let best = try TinyRun.run(path, Self.overrides)
      let gains = try content("\(path)/metrics.jsonl").split(separator: "\n").compactMap {
        try JSONDecoder().decode(Line.self, from: Data($0.utf8)).gain
      }
      let state = try CheckpointReader(path: best).state(as: State.self)
      #expect(state.bestGain == gains.max())
      #expect(gains[state.step / 4 - 1] == state.bestGain)
    }
  }

  @Test func noSessionIsSharedWithTheJudge() throws {
    try withTemporaryRun("folds") { path in
      try TinyRun.run(path, Self.overrides)
      func users(_ part: String) throws -> Set<UInt64> {
        let schema = try CheckpointReader(path: "\(path)/checkpoints/judge")
          .section("schema", as: FittedSchema.self)
        let cache = try SessionCache(
          path: "\(path)/cache/\(part).cache", fingerprint: schema.fingerprint)
        return Set(try cache.sessions(in: 0..<cache.count).map(\.userKey))
      }
      let evaluators = try users("train").union(users("validation"))
      let judge = try users("judge-train").union(users("judge-validation"))
      #expect(!judge.isEmpty && evaluators.isDisjoint(with: judge))
    }
  }

  /// Stops in the judge's first and second member, at its end, and at hearings.
  @Test(arguments: [14, 17, 20, 24])
  func anInterruptedRunGoesOnWithItsJudge(polls: Int) throws {
    try withTemporaryRun("whole") { whole in
      let expected = try RunResult(whole, last: try TinyRun.run(whole, Self.overrides))
      try withTemporaryRun("stopped") { path in
        let count = Polls()
        #expect(throws: RunInterrupted.self) {
          try TinyRun.run(path, Self.overrides) { count.next() == polls ? SIGTERM : nil }
        }
        let result = try RunResult(path, last: try TinyRun.run(path, Self.overrides, workers: 2))
        #expect(result.differences(from: expected) == [])
      }
    }
  }

  @Test func stagesEndWhereTheySay() throws {
    try withTemporaryRun("stages") { path in
      func run(_ stage: TrainingStage, _ overrides: [String] = Self.overrides) throws -> String {
        let context = RunContext(
          configuration: try TinyRun.configuration(overrides),
          directory: try RunDirectory(path: path), workers: .init(1))
        return try TrainingRun(context, force: true, stage: stage).run()
      }
      let evaluators = try run(.evaluators)
      #expect(evaluators.hasSuffix("evaluators"))
      #expect(!FileManager.default.fileExists(atPath: "\(path)/checkpoints/judge"))
      let judge = try run(.judge)
      #expect(judge.hasSuffix("judge"))
      #expect(!FileManager.default.fileExists(atPath: "\(path)/checkpoints/best"))
      let best = try run(.all)
      #expect(best.hasSuffix("best"))
    }
    try withTemporaryRun("no-judge") { path in
      let context = RunContext(
        configuration: try TinyRun.configuration(), directory: try RunDirectory(path: path),
        workers: .init(1))
      #expect(throws: DataError.self) {
        try TrainingRun(context, force: true, stage: .judge).run()
      }
    }
  }
}
