import EvaluatorModel
import Features
import Foundation
import GeneratorModel
import Networks
import Objectives
import Tensors
import Worlds

/// Evaluators that are no better than a trivial predictor, or badly calibrated.
public struct QualityGateFault: Error, Sendable, Equatable, CustomStringConvertible {
  public let shortcomings: [String]

  public var description: String {
    (["the evaluators are not good enough to train a generator against:"]
      + shortcomings.map { "  - \($0)" }
      + ["log more sessions, give better features, or go on all the same with --force"])
      .joined(separator: "\n")
  }
}

/// Every attempt collapsed.
public struct CollapseFault: Error, Sendable, Equatable, CustomStringConvertible {
  public let attempts: Int
  public let reason: CollapseReason

  public var description: String {
    "the generator collapsed in each of \(attempts) attempts, at last because \(reason)"
  }
}

/// A run from sessions to a checkpoint that ranks: prepare, evaluators, gate, freeze, generator.
public struct TrainingRun {
  /// Version of the package.
  public static let version = "0.1.0"

  let context: RunContext
  /// Go on although the evaluators fall short.
  let force: Bool

  public init(_ context: RunContext, force: Bool = false) {
    self.context = context
    self.force = force
  }

  /// Runs, or goes on from the newest checkpoint of the directory.
  ///
  /// - Returns: path of the last checkpoint.
  /// - Throws: `QualityGateFault`, `CollapseFault`, `RunInterrupted`, faults of the data and files.
  public func run() throws -> String {
    let configuration = context.configuration
    let latest = try CheckpointFolder.latest(in: context.directory.checkpoints)
      .map { try CheckpointReader(path: $0) }
    if let latest, let step = CheckpointFolder.step(of: latest.path),
      step >= configuration.training.generator.steps
    {
      context.note("\(latest.path) is complete")
      return latest.path
    }
    context.note("reading sessions")
    let objectives = try ObjectiveSet(configuration.objectives)
    let data = try PreparedData(
      SessionSource(configuration.data), schema: configuration.schema, objectives: objectives,
      directory: "\(context.directory.path)/cache", workers: context.workers)
    // Written once the data has proved sound: a run that could not start leaves none behind.
    try context.directory.write(config: try configuration.resolved())
    try context.directory.write(
      RunEnvironment.current(
        swiftVersion: compilerVersion, packageVersion: TrainingRun.version,
        workers: context.workers.count))
    context.note(
      "\(data.train.count) sessions to train on, \(data.validation.count) to validate with, "
        + "\(data.testCount) kept apart")
    let (frozen, log) = try freeze(data, objectives, latest: latest)
    return try train(data, frozen, log, latest: latest)
  }

  /// The frozen evaluators: from a checkpoint, or fitted now.
  private func freeze(
    _ data: PreparedData, _ objectives: ObjectiveSet, latest: CheckpointReader?
  ) throws -> (FrozenPart, RunLog) {
    let path = context.checkpoint(FrozenPart.name)
    if FileManager.default.fileExists(atPath: path) {
      let frozen = try FrozenPart(CheckpointReader(path: path))
      let ticks = try latest.map { try GeneratorStage.state(of: $0).tick } ?? 0
      return (frozen, try RunLog(context.directory, resumedStep: frozen.ticks + ticks))
    }
    let unfinished = context.checkpoint(EvaluatorStage.unfinished)
    var stage: EvaluatorStage
    if FileManager.default.fileExists(atPath: unfinished) {
      let checkpoint = try CheckpointReader(path: unfinished)
      let tick = try EvaluatorStage.tick(of: checkpoint)
      stage = EvaluatorStage(
        context, data: data, log: try RunLog(context.directory, resumedStep: tick))
      try stage.restore(checkpoint)
    } else {
      stage = EvaluatorStage(context, data: data, log: try RunLog(context.directory))
    }
    let evaluators = try stage.run()
    var quality = try EvaluatorQuality(
      measuring: evaluators, data: data, needed: objectives.feedback,
      maximumError: context.configuration.training.evaluator.maximumCalibrationError,
      workers: context.workers)
    for head in quality.heads { context.note(head.summary) }
    guard quality.passed || force else {
      throw QualityGateFault(shortcomings: quality.shortcomings)
    }
    quality.forced = !quality.passed
    let frozen = FrozenPart(
      schema: data.schema, objectives: try scaled(objectives, evaluators, data),
      evaluators: evaluators, quality: quality, ticks: stage.tick)
    try frozen.write(context.configuration, to: path)
    try? FileManager.default.removeItem(atPath: unfinished)
    return (frozen, stage.log)
  }

  private func scaled(
    _ objectives: ObjectiveSet, _ evaluators: EvaluatorEnsemble, _ data: PreparedData
  ) throws -> ObjectiveSet {
    let model = UtilityModel(evaluators: evaluators, objectives: objectives)
    let scales = try model.measuredScales(
      data.train, seed: context.seed, workers: context.workers)
    var scaled = objectives
    for name in scaled.setScales(scales) {
      context.note("warning: \(name) does not vary over the logged lists; its scale is set to 1")
    }
    return scaled
  }

  /// Trains the generator, with fresh starts after collapses.
  private func train(
    _ data: PreparedData, _ frozen: FrozenPart, _ log: RunLog, latest: CheckpointReader?
  ) throws -> String {
    // Read back from the file, which checks the recorded hash: what is trained against is what
    // was frozen.
    let checked = try FrozenPart(CheckpointReader(path: context.checkpoint(FrozenPart.name)))
    let utilities = UtilityModel(evaluators: checked.evaluators, objectives: checked.objectives)
    var state = try latest.map { try GeneratorStage.state(of: $0) } ?? GeneratorStage.State()
    var resumed = latest
    while true {
      var stage = GeneratorStage(
        context, cache: data.train, utilities: utilities, layout: data.schema.layout, log: log,
        firstTick: frozen.ticks, state: state)
      if let resumed { try stage.restore(resumed) }
      let collapse = try stage.run { stage in
        try stage.write(
          checked, to: context.checkpoint(CheckpointFolder.name(step: stage.state.step)))
      }
      guard let collapse else {
        return context.checkpoint(CheckpointFolder.name(step: stage.state.step))
      }
      context.note("attempt \(stage.state.attempt + 1) collapsed: \(collapse)")
      guard stage.state.attempt < context.configuration.training.generator.restarts else {
        throw CollapseFault(attempts: stage.state.attempt + 1, reason: collapse)
      }
      discardSteps()
      state = GeneratorStage.State()
      state.attempt = stage.state.attempt + 1
      state.tick = stage.state.tick
      resumed = nil
      context.note("starting again with the next seed")
    }
  }

  /// Checkpoints of a collapsed attempt must not be taken for newer ones of the next.
  private func discardSteps() {
    for path in CheckpointFolder.list(in: context.directory.checkpoints)
    where CheckpointFolder.step(of: path) != nil {
      try? FileManager.default.removeItem(atPath: path)
    }
  }
}

extension EvaluatorQuality.Head {
  /// One line for the user.
  var summary: String {
    let beside = scoreLoss.map { ", best single number \(String(rounded: $0)) (\(score ?? ""))" }
    let calibration = calibrationError.map { ", calibration error \(String(rounded: $0))" }
    return "\(feedback): held-out loss \(String(rounded: loss)), mean per slot "
      + "\(String(rounded: baseRateLoss))\(beside ?? "")\(calibration ?? "")"
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
