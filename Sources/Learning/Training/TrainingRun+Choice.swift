import Checkpoints
import EvaluatorModel
import Features
import Foundation
import ItemLabels
import Networks
import Objectives

extension TrainingRun {
  /// What the judge is asked about, or without one the evaluators; nil without held-out sessions.
  ///
  /// - Parameter quality: of the evaluators.
  func judgeValidation(
    _ data: PreparedData, _ judge: JudgePart?, _ utilities: UtilityModel,
    _ quality: EvaluatorQuality
  ) throws -> JudgeValidation? {
    let own = data.forJudge ?? data
    // A policy that starts from pointwise evaluators can be harmed by training; somebody has to look.
    let isNeeded = judge != nil || utilities.evaluators.members[0].configuration.pointwise
    guard isNeeded, own.validation.count > 0 else { return nil }
    let chosen = own.validation.spread(context.configuration.training.judge.requests)
    return JudgeValidation(
      try own.validation.sessions(at: chosen), judge: judge, utilities: utilities,
      quality: quality)
  }

  /// Held-out sessions whose feedback is asked about; nil where none says anything.
  ///
  /// No policy learns from validation sessions, whether the evaluators' or the judge's, so both
  /// count.
  func labelledSessions(
    _ data: PreparedData, _ utilities: UtilityModel
  ) throws -> LabelledSessions? {
    let limit = context.configuration.training.judge.labels
    let targets = LabelTarget.all(
      utilities.objectives,
      binary: utilities.evaluators.heads.filter { $0.kind == .binary }.map(\.feedback))
    guard limit > 0, !targets.isEmpty else { return nil }
    let labelled = try LabelledSessions(
      [data.validation] + (data.forJudge.map { [$0.validation] } ?? []), targets: targets,
      layout: data.schema.layout, seed: context.seed, limit: limit)
    return labelled.parts.isEmpty ? nil : labelled
  }

  /// Says how `best` was chosen, where that is not by the largest gain: to the user, and in the
  /// model card of `best`, which may be older than what it was preferred to.
  func noteChoice(_ stage: PolicyStage) throws {
    let best = context.checkpoint(CheckpointFolder.best)
    guard FileManager.default.fileExists(atPath: best) else { return }
    let reader = try CheckpointReader(path: best)
    let remarks = ChoiceRemarks(
      step: try PolicyStage.state(of: reader).step, start: stage.start,
      passedOver: stage.state.passedOver)
    guard !remarks.lines.isEmpty else { return }
    for line in remarks.lines { context.note("note: \(line)") }
    context.note(
      "note: the last policy is in the newest step's checkpoint, the chosen one in \(best)")
    var writer = try CheckpointWriter(copying: reader)
    let card = String(decoding: try reader.bytes(CheckpointFolder.cardFile), as: UTF8.self)
    writer.add(
      file: CheckpointFolder.cardFile, bytes: Array((card + "\n" + remarks.section).utf8))
    try writer.write(to: best)
  }
}

/// Why `best` is the checkpoint that it is, in words.
struct ChoiceRemarks: Sendable {
  /// None where the largest gain decided.
  let lines: [String]

  /// - Parameter step: of the checkpoint that was chosen.
  init(step: Int, start: CheckpointChoice.Start, passedOver: [PassedOver]) {
    var lines: [String] = []
    if step == 0, start != .untrained {
      lines.append(
        "best is the policy before its first step (\(start.words)): nothing that training made "
          + "of it was shown to be better on held-out sessions")
    }
    if let last = passedOver.last {
      let others = passedOver.count - 1
      lines.append(
        "the policy of step \(last.step), with a gain of \(String(rounded: last.gain)) on held-out "
          + "requests, was passed over: \(last.reason)"
          + (others > 0 ? "; so were \(others) before it" : ""))
    }
    self.lines = lines
  }

  /// The same for a model card.
  var section: String {
    "## How this checkpoint was chosen\n" + lines.map { "- \($0).\n" }.joined()
  }
}

extension CheckpointChoice.Start {
  fileprivate var words: String {
    switch self {
    case .untrained: "untrained"
    case .reference: "what the evaluators without their channels expect item by item"
    case .parent: "the checkpoint's that the run went on from"
    }
  }
}
