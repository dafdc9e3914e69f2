import Checkpoints
import EvaluatorModel
import Foundation
import Networks
import RandomStreams
import Sessions
import Testing
import Training

@Suite struct QualityGateTests {
  /// Clicks of the training sessions follow from the items, those of the validation sessions from
  /// nothing: what the evaluators are so sure of is noise there.
  @Test func evaluatorsWithoutSkillOnHeldOutSessionsDoNotPass() throws {
    try withLogs(validation: .noise) { path, overrides in
      let notes = Notes()
      let fault = try #require(throws: QualityGateError.self) {
        try TinyRun.run(path, overrides, force: false, notes: notes)
      }
      #expect(
        fault.shortcomings.contains {
          $0.hasPrefix("click: held-out loss")
            && $0.contains("does not clearly beat the mean per slot")
        })
      #expect(fault.shortcomings.contains { $0.contains("does not clearly beat the number") })
      #expect(fault.shortcomings.contains { $0.hasPrefix("click: calibration error") })
      #expect("\(fault)".hasSuffix("--force"))
      #expect(notes.all.contains { $0.hasPrefix("click: held-out loss") })
      // Nothing is frozen that no generator may be trained against.
      let frozen = "\(path)/checkpoints/evaluators"
      #expect(!FileManager.default.fileExists(atPath: frozen))
    }
  }

  /// Without the margin most of such runs would pass: the best epoch is picked on the sessions that
  /// it is judged by.
  @Test(arguments: 1...4) func evaluatorsOfNoiseDoNotPass(seed: Int) throws {
    try withLogs(training: .noise, validation: .noise) { path, overrides in
      #expect(throws: QualityGateError.self) {
        try TinyRun.run(path, overrides + ["training.seed=\(seed)"], force: false)
      }
    }
  }

  @Test func forceGoesOnAndTheCheckpointSaysSo() throws {
    try withLogs(validation: .noise) { path, overrides in
      let last = try TinyRun.run(path, overrides, force: true)
      let quality = try CheckpointReader(path: last).section("quality", as: EvaluatorQuality.self)
      #expect(quality.forced && !quality.passed)
      #expect(content("\(last)/MODEL_CARD.md").contains("(training was forced to go on)"))
    }
  }

  @Test func evaluatorsThatKnowMorePassWithoutForce() throws {
    try withLogs(validation: .sums) { path, overrides in
      let last = try TinyRun.run(path, overrides, force: false)
      let quality = try CheckpointReader(path: last).section("quality", as: EvaluatorQuality.self)
      #expect(quality.passed && !quality.forced)
      let head = try #require(quality.heads.first)
      #expect(head.loss < 0.8 * head.baseRateLoss)
      #expect(head.loss < (head.scoreLoss ?? 0))
    }
  }

  /// What makes a click.
  private enum Law {
    /// The sum of the item's two numbers is above 0; neither tells by itself.
    case sums
    /// A coin.
    case noise
  }

  private func withLogs(
    training: Law = .sums, validation: Law,
    _ body: (_ path: String, _ overrides: [String]) throws -> Void
  ) throws {
    try withTemporaryRun("gate") { path in
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
      for (name, law, range) in [
        ("train", training, 0..<400), ("validation", validation, 400..<550),
      ] {
        var writer = try SessionWriter(path: "\(path)/\(name).jsonl")
        for index in range { try writer.write(session(index, law)) }
        try writer.finish()
      }
      let files = "{train: [\(path)/train.jsonl], validation: [\(path)/validation.jsonl]}"
      try body(
        path,
        [
          "data={split: {files: \(files)}}", "schema={}",
          "objectives=[{name: click, predicted: click}, {name: left, mean: left}]",
          "training.evaluator.epochs=6", "training.evaluator.learning_rate=0.01",
          "training.evaluator.batch=8", "training.evaluator.maximum_calibration_error=0.1",
        ])
    }
  }

  private func session(_ index: Int, _ law: Law) -> Session {
    var stream = RandomStream(seed: 1, "gate session", step: UInt64(index))
    var sums: [Double] = []
    let candidates = (0..<6).map { i in
      let (left, right) = (stream.normal(), stream.normal())
      sums.append(left + right)
      return Candidate(id: "i\(i)", features: ["left": .number(left), "right": .number(right)])
    }
    let shown = Array(stream.permutation(6).prefix(4))
    let clicks = shown.map { item -> Float in
      let isClicked = law == .noise ? stream.below(2) == 1 : sums[item] > 0
      return isClicked ? 1 : 0
    }
    return Session(
      request: Request(id: "r\(index)", user: User(id: "u\(index)"), candidates: candidates),
      time: Double(index), shown: shown, feedback: ["click": clicks])
  }
}
