import Checkpoints
import DataSources
import EvaluatorModel
import Foundation
import RandomStreams
import Sessions
import Tensors
import Testing
import Training
import Worlds

/// Whether slots add to their items or are chances to be looked at is found in the log.
@Suite struct SlotLawTests {
  /// Chances that the four slots are looked at.
  private static let looks = [1, 0.5, 0.25, 0.12]

  /// Sessions whose clicks follow a law: of the position times the item, or of their sum as a logit.
  private func withLog(
    _ law: SlotLaw, _ body: (_ configuration: RunConfiguration, _ path: String) throws -> Void
  ) throws {
    try withTemporaryRun("law") { path in
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
      var configuration = try TinyRun.configuration([
        "evaluator.pointwise=true", "evaluator.ensemble=1", "data.feed.users=900",
        "training.evaluator.learning_rate=0.02",
      ])
      let world = try #require(configuration.data.makeWorld())
      var writer = try SessionWriter(path: "\(path)/log.jsonl")
      var stream = RandomStream(seed: 1, "clicks")
      for index in 0..<4000 {
        var session = world.session(index)
        let clicks = session.shown.enumerated().map { t, i -> Float in
          let score = session.request.candidates[i].features["score"]?.number ?? 0
          let appeal = 12 * (score - 0.4)
          let chance =
            law == .examination
            ? Self.looks[t] / (1 + exp(-appeal)) : 1 / (1 + exp(1.2 * Double(t) - appeal))
          return stream.uniform() < chance ? 1 : 0
        }
        session.feedback = ["click": clicks]
        try writer.write(session)
      }
      try writer.finish()
      configuration.data.replaceSource(bySessions: ["\(path)/log.jsonl"])
      try body(configuration, path)
    }
  }

  private func heads(
    _ configuration: RunConfiguration, _ path: String, notes: Notes = Notes()
  ) throws -> [EvaluatorHead] {
    let context = RunContext(
      configuration: configuration, directory: try RunDirectory(path: "\(path)/run"),
      workers: Workers(1), interrupted: { nil }, note: { notes.add($0) })
    let frozen = try TrainingRun(context, force: true, stage: .evaluators).run()
    return try CheckpointReader(path: frozen).section(
      EvaluatorRole.training.section, as: EvaluatorRecord.self
    ).heads
  }

  @Test(arguments: SlotLaw.allCases) func theLawOfTheLogIsFound(law: SlotLaw) throws {
    try withLog(law) { configuration, path in
      let notes = Notes()
      let heads = try heads(configuration, path, notes: notes)
      #expect(heads.map(\.slotLaw) == [law])
      #expect(notes.all.contains { $0.hasPrefix("click: held-out loss") })
    }
  }

  @Test(arguments: SlotLaw.allCases) func aLawThatIsNamedIsTaken(law: SlotLaw) throws {
    try withLog(.additive) { given, path in
      var configuration = given
      configuration.evaluator.slotLaw = law
      let notes = Notes()
      let heads = try heads(configuration, path, notes: notes)
      #expect(heads.map(\.slotLaw) == [law])
      #expect(!notes.all.contains { $0.hasPrefix("click: held-out loss") && $0.contains("add") })
    }
  }
}
