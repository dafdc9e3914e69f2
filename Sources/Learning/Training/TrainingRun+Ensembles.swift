import Checkpoints
import EvaluatorModel
import Features
import Foundation
import Networks
import Objectives
import Tensors

extension TrainingRun {
  /// Steps that the run's checkpoints account for, nil when it starts anew.
  ///
  /// - Parameter latest: of the policy.
  func recordedSteps(_ latest: CheckpointReader?) throws -> Int? {
    guard let frozen = try checkpoint(FrozenPart.name).map({ try FrozenPart($0) }) else {
      return try checkpoint(EvaluatorRole.training.unfinished)
        .map { try EvaluatorStage.loggedSteps(of: $0) }
    }
    let policy = try latest.map { try PolicyStage.state(of: $0).loggedSteps } ?? 0
    if context.configuration.training.judge.share == 0 { return frozen.loggedSteps + policy }
    if let judge = try checkpoint(JudgePart.name).map({ try JudgePart($0) }) {
      return frozen.loggedSteps + judge.loggedSteps + policy
    }
    let unfinished = try checkpoint(EvaluatorRole.judge.unfinished)
      .map { try EvaluatorStage.loggedSteps(of: $0) }
    return frozen.loggedSteps + (unfinished ?? 0)
  }

  /// A checkpoint of the run, if it is there.
  private func checkpoint(_ name: String) throws -> CheckpointReader? {
    let path = context.checkpoint(name)
    return FileManager.default.fileExists(atPath: path) ? try CheckpointReader(path: path) : nil
  }

  /// The frozen evaluators: from a checkpoint, or fitted now.
  func freeze(
    _ data: PreparedData, _ objectives: ObjectiveSet, _ parent: ParentCheckpoint?, _ log: RunLog
  ) throws -> FrozenPart {
    if let checkpoint = try checkpoint(FrozenPart.name) {
      let frozen = try FrozenPart(checkpoint)
      if let fault = frozen.otherParent(parent?.record, path: checkpoint.path) { throw fault }
      try check(frozen.schema.fingerprint, against: data, path: checkpoint.path)
      return frozen
    }
    var (evaluators, quality, loggedSteps) = try fit(
      .training, data, objectives, parent, log, firstLoggedStep: 0)
    guard quality.passed || force else {
      throw QualityGateError(shortcomings: quality.shortcomings)
    }
    quality.forced = !quality.passed
    for fault in quality.shortcomings {
      context.note("warning: the evaluators' \(fault); going on all the same, by --force")
    }
    // A checkpoint's scales stay: measured again, an equal w would mean something else.
    let frozen = FrozenPart(
      schema: data.schema,
      objectives: try parent?.objectives ?? scaled(objectives, evaluators, data),
      evaluators: evaluators, quality: quality, loggedSteps: loggedSteps, parent: parent?.record)
    try frozen.write(context.configuration, to: context.checkpoint(FrozenPart.name))
    discard(EvaluatorRole.training.unfinished)
    return frozen
  }

  /// The judge: from a checkpoint, or fitted now; nil when no sessions are kept for one.
  ///
  /// One that falls short of the gate stays: it says so in every report, and a referee of little
  /// skill is still not on the policy's side.
  func judge(
    _ data: PreparedData, _ objectives: ObjectiveSet, _ parent: ParentCheckpoint?, _ log: RunLog,
    firstLoggedStep: Int
  ) throws -> JudgePart? {
    guard let own = data.forJudge else {
      if stage == .judge {
        throw DataError(
          message: "training.judge.share: expected above 0, got 0: no sessions are kept for a "
            + "judge; set a share and start a new run with another --out")
      }
      return nil
    }
    if let checkpoint = try checkpoint(JudgePart.name) {
      let judge = try JudgePart(checkpoint)
      try check(judge.schema.fingerprint, against: data, path: checkpoint.path)
      return judge
    }
    context.note(
      "\(own.train.count) sessions for the judge, \(own.validation.count) to validate it with")
    let (evaluators, quality, loggedSteps) = try fit(
      .judge, own, objectives, parent, log, firstLoggedStep: firstLoggedStep)
    for fault in quality.shortcomings { context.note("warning: the judge's \(fault)") }
    let judge = JudgePart(
      schema: data.schema, evaluators: evaluators, quality: quality, loggedSteps: loggedSteps)
    try judge.write(context.configuration, to: context.checkpoint(JudgePart.name))
    discard(EvaluatorRole.judge.unfinished)
    return judge
  }

  /// Fits an ensemble, or goes on with it where a stop interrupted.
  private func fit(
    _ role: EvaluatorRole, _ data: PreparedData, _ objectives: ObjectiveSet,
    _ parent: ParentCheckpoint?, _ log: RunLog, firstLoggedStep: Int
  ) throws -> (EvaluatorEnsemble, EvaluatorQuality, loggedSteps: Int) {
    var stage = try EvaluatorStage(
      context, role: role, data: data, needed: objectives.feedback, log: log,
      firstLoggedStep: firstLoggedStep,
      start: parent?.ensemble(role))
    if let unfinished = try checkpoint(role.unfinished) { try stage.restore(unfinished) }
    let evaluators = try stage.run()
    let quality = try EvaluatorQuality(
      measuring: evaluators, data: data, needed: objectives.feedback,
      settings: context.configuration.training.evaluator, workers: context.workers)
    for head in quality.heads { context.note(head.summary) }
    return (evaluators, quality, stage.loggedSteps)
  }

  private func check(
    _ fingerprint: UInt64, against data: PreparedData, path: String
  ) throws(DataError) {
    guard fingerprint == data.schema.fingerprint else {
      throw DataError(
        message:
          "\(path): expected the sessions that its evaluators were trained on, got others; "
          + "restore the data, or start a new run with another --out")
    }
  }

  private func discard(_ name: String) {
    try? FileManager.default.removeItem(atPath: context.checkpoint(name))
  }

  private func scaled(
    _ objectives: ObjectiveSet, _ evaluators: EvaluatorEnsemble, _ data: PreparedData
  ) throws -> ObjectiveSet {
    let model = UtilityModel(evaluators: evaluators, objectives: objectives)
    let measured = try model.measuredScales(
      data.train, seed: context.seed, workers: context.workers)
    var scaled = objectives
    for name in scaled.setScales(measured.scales) {
      context.note("warning: \(name) does not vary over the logged lists; its scale is set to 1")
    }
    for (objective, (range, floor)) in zip(
      scaled.objectives, zip(measured.ranges, measured.floors))
    where !objective.scaleIsFixed {
      context.note(
        "\(objective.name): the best lists have \(String(rounded: Double(range))) more than the "
          + "logged ones; scale \(String(rounded: Double(objective.scale)))")
      if floor > range {
        context.note(
          "note: \(objective.name): the logged lists already have nearly all that can be had, so its "
            + "scale is half a standard deviation")
      }
    }
    return scaled
  }
}

extension EvaluatorQuality.Head {
  /// One line for the user.
  var summary: String {
    let beside = scoreLoss.map { ", best single number \(String(rounded: $0)) (\(score ?? ""))" }
    let calibration = calibrationError.map { ", calibration error \(String(rounded: $0))" }
    let order = gauc.map { ", GAUC \(String(rounded: $0))" }
    return "\(feedback): held-out loss \(String(rounded: loss)), mean per slot "
      + "\(String(rounded: baseRateLoss))\(beside ?? "")\(calibration ?? "")\(order ?? "")"
  }
}
