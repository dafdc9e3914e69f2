import Checkpoints
import EvaluatorModel
import Features
import Foundation
import ListPolicy
import Networks
import Objectives
import Tensors

/// Evaluators that are no better than a trivial predictor, or badly calibrated.
package struct QualityGateError: Error, Sendable, Equatable, CustomStringConvertible {
  package let shortcomings: [String]

  package var description: String {
    (["the evaluators are not good enough to train a policy against:"]
      + shortcomings.map { "  - \($0)" }
      + ["log more sessions, give better features, or go on all the same with --force"])
      .joined(separator: "\n")
  }
}

/// Every attempt collapsed.
package struct CollapseError: Error, Sendable, Equatable, CustomStringConvertible {
  package let attempts: Int
  package let reason: CollapseReason

  package var description: String {
    "the policy collapsed in each of \(attempts) attempts, at last because \(reason)"
  }
}

/// A run from sessions to a checkpoint that ranks: prepare, evaluators, gate, freeze, judge,
/// policy.
package struct TrainingRun {
  /// Version of the package.
  package static let version = "0.1.0"
  /// Held-out sessions that a family's trainer may look at.
  private static let heldSessions = 2000

  let context: RunContext
  /// Go on although the evaluators fall short.
  let force: Bool
  let stage: TrainingStage

  package init(_ context: RunContext, force: Bool = false, stage: TrainingStage = .all) {
    var context = context
    context.configuration.training = context.configuration.training.effective
    self.context = context
    self.force = force
    self.stage = stage
  }

  /// Runs, or goes on from the newest checkpoint of the directory.
  ///
  /// - Returns: path of the checkpoint that the judge prefers, without a judge of the one that the
  ///   evaluators prefer; of the evaluators' or the judge's when the run ends with them.
  /// - Parameter prepared: the configuration's data, if it was prepared before: runs that differ in
  ///   other things, and start anew, can share it.
  /// - Throws: `QualityGateError`, `CollapseError`, `RunInterrupted`, `FileError.claimed` where another
  ///   run is at work, faults of the data and files.
  package func run(_ prepared: PreparedData? = nil) throws -> String {
    try context.directory.claim()
    defer { context.directory.release() }
    let configuration = context.configuration
    let latest = try CheckpointFolder.latest(in: context.directory.checkpoints)
      .map { try CheckpointReader(path: $0) }
    if stage == .all, let latest, let step = CheckpointFolder.step(of: latest.path),
      step >= (try configuration.trainableFamily()).schedule(configuration).steps
    {
      context.note("\(latest.path) is complete")
      return preferred(latest.path)
    }
    let parent = try parent()
    let objectives = try parent?.objectives ?? ObjectiveSet(configuration.objectives)
    let data = try prepared ?? prepare(objectives, parent)
    // Written once the data has proved sound: a run that could not start leaves none behind.
    try context.directory.write(config: try configuration.resolved())
    try context.directory.write(
      RunEnvironment.current(
        swiftVersion: compilerVersion, packageVersion: TrainingRun.version,
        workers: context.workers.count))
    if stage == .all { try keepSamples() }
    context.note(
      "\(data.train.count) sessions to train on, \(data.validation.count) to validate with, "
        + "\(data.testCount) kept apart")
    let log = try RunLog(context.directory, resumedStep: try recordedSteps(latest))
    let frozen = try freeze(data, objectives, parent, log)
    if stage == .evaluators { return context.checkpoint(FrozenPart.name) }
    let judge = try judge(data, objectives, parent, log, firstLoggedStep: frozen.loggedSteps)
    if stage == .judge { return context.checkpoint(JudgePart.name) }
    return try train(data, frozen, judge, parent, log, latest: latest)
  }

  /// The checkpoint to go on from, if there is one.
  private func parent() throws -> ParentCheckpoint? {
    guard let path = context.configuration.training.warmStart?.from else { return nil }
    let parent = try ParentCheckpoint(path: path)
    try parent.check(context.configuration)
    context.note("going on from \(path)")
    for warning in parent.warnings(context.configuration) { context.note("warning: \(warning)") }
    return parent
  }

  private func prepare(
    _ objectives: ObjectiveSet, _ parent: ParentCheckpoint?
  ) throws -> PreparedData {
    context.note("reading sessions")
    var progress = ReadingProgress(context)
    let data = try PreparedData(
      context.configuration, objectives: objectives, parent: parent,
      directory: "\(context.directory.path)/cache", workers: context.workers
    ) { try progress.update($0, $1, of: $2) }
    progress.finish()
    for remark in data.remarks { context.note("note: \(remark)") }
    return data
  }

  /// The checkpoint that the judge prefers, if there is one.
  private func preferred(_ last: String) -> String {
    let best = context.checkpoint(CheckpointFolder.best)
    return FileManager.default.fileExists(atPath: best) ? best : last
  }

  /// Trains the policy, with fresh starts after collapses.
  private func train(
    _ data: PreparedData, _ frozen: FrozenPart, _ judge: JudgePart?, _ parent: ParentCheckpoint?,
    _ log: RunLog, latest: CheckpointReader?
  ) throws -> String {
    // Read back from the file, which checks the recorded hash: what is trained against is what
    // was frozen.
    let checked = try FrozenPart(CheckpointReader(path: context.checkpoint(FrozenPart.name)))
    let utilities = UtilityModel(evaluators: checked.evaluators, objectives: checked.objectives)
    let judgeValidation = try judgeValidation(data, judge, utilities, checked.quality)
    let labelled = try labelledSessions(data, utilities)
    let held = try data.validation.sessions(at: data.validation.spread(Self.heldSessions))
    let firstLoggedStep = frozen.loggedSteps + (judge?.loggedSteps ?? 0)
    var state = try latest.map { try PolicyStage.state(of: $0) } ?? PolicyStage.State()
    var resumed = latest
    while true {
      var stage = try PolicyStage(
        context, cache: data.train, utilities: utilities, layout: data.schema.layout, log: log,
        judgeValidation: judgeValidation, labelled: labelled, held: held,
        firstLoggedStep: firstLoggedStep,
        parent: parent?.policy, state: state)
      if let resumed { try stage.restore(resumed) }
      let collapse = try stage.run { stage, best in
        let name = best ? CheckpointFolder.best : CheckpointFolder.name(step: stage.state.step)
        try stage.write(checked, judge: judge, to: context.checkpoint(name))
      }
      guard let collapse else {
        try noteChoice(stage)
        return preferred(context.checkpoint(CheckpointFolder.name(step: stage.state.step)))
      }
      context.note("attempt \(stage.state.attempt + 1) collapsed: \(collapse)")
      guard stage.state.attempt < stage.schedule.restarts else {
        throw CollapseError(attempts: stage.state.attempt + 1, reason: collapse)
      }
      discardSteps()
      state = PolicyStage.State()
      state.attempt = stage.state.attempt + 1
      state.loggedSteps = stage.state.loggedSteps
      resumed = nil
      context.note("starting again with the next seed")
    }
  }

  /// Checkpoints of a collapsed attempt must not be taken for newer or better ones of the next.
  private func discardSteps() {
    for path in CheckpointFolder.list(in: context.directory.checkpoints)
    where CheckpointFolder.step(of: path) != nil
      || CheckpointFolder.baseName(path) == CheckpointFolder.best
    {
      try? FileManager.default.removeItem(atPath: path)
    }
  }
}

/// The compiler's version as far as the language tells it.
private var compilerVersion: String {
  #if swift(>=6.4)
    "6.4 or later"
  #elseif swift(>=6.3)
    "6.3"
  #else
    "6.2"
  #endif
}
