import Features
import ListPolicy
import Networks
import RandomStreams
import Tensors

/// Trains the policy of a run, whatever its family: watched, heard by the judge, with checkpoints on
/// the way.
struct PolicyStage {
  let context: RunContext
  let cache: SessionCache
  let log: RunLog
  /// Asks the judge now and then; nil without one.
  let judgeValidation: JudgeValidation?
  /// Compares with the start by real feedback; nil where the start is of no use, or nothing is
  /// labelled.
  private let labelValidation: LabelValidation?
  /// What the policy was before its first step.
  let start: CheckpointChoice.Start
  /// Steps of evaluators and judge; the log counts on from there.
  let firstLoggedStep: Int
  let schedule: PolicySchedule
  var state: State
  var trainer: any PolicyTrainer
  private var order: BatchOrder

  init(
    _ context: RunContext, cache: SessionCache, utilities: UtilityModel, layout: FeatureLayout,
    log: RunLog, judgeValidation: JudgeValidation?, labelled: LabelledSessions? = nil,
    held: [EncodedSession] = [], firstLoggedStep: Int, parent: (any ListPolicy)? = nil,
    state: State = State()
  ) throws {
    self.context = context
    self.cache = cache
    self.log = log
    self.judgeValidation = judgeValidation
    self.firstLoggedStep = firstLoggedStep
    self.state = state
    let family = try context.configuration.trainableFamily()
    schedule = family.schedule(context.configuration)
    let seed = Self.seed(context, state.attempt)
    let trainer = try family.trainer(
      PolicyTask(
        configuration: context.configuration, layout: layout, utilities: utilities, held: held,
        seed: seed,
        attempt: state.attempt, workers: context.workers), start: parent)
    self.trainer = trainer
    start = parent != nil ? .parent : trainer.startsUseful ? .reference : .untrained
    labelValidation =
      start == .untrained || judgeValidation == nil
      ? nil
      : labelled.map {
        LabelValidation(
          $0, start: trainer.policy,
          tolerance: context.configuration.training.judge.labelTolerance, workers: context.workers)
      }
    order = BatchOrder(count: cache.count, batch: min(schedule.batch, cache.count), seed: seed)
  }

  var policy: any ListPolicy { trainer.policy }

  /// The next seed after each collapse.
  private static func seed(_ context: RunContext, _ attempt: Int) -> UInt64 {
    // The stream's name is older than families; under another one, equal seeds would give others
    // than they gave before.
    var stream = RandomStream(seed: context.seed, "generator.attempt", step: UInt64(attempt))
    return stream.next()
  }

  /// Runs this attempt to its end.
  ///
  /// - Parameter save: writes a checkpoint of the stage as it is, `best` when `CheckpointChoice`
  ///   says so.
  /// - Returns: why it collapsed, or nil when it did not.
  mutating func run(
    save: (PolicyStage, _ best: Bool) throws -> Void
  ) throws -> CollapseReason? {
    var progress = context.progress(
      family, schedule.steps * order.batch, state.step * order.batch, "requests")
    var health = HealthWatch(configuration: schedule.health, state: state.health)
    // What the policy was counts as a result, too: training must not do harm.
    if state.step == 0, let choice, let judgeValidation, start != .untrained {
      state.bestGain = choice.bar(
        start: judgeValidation.gains(of: policy, workers: context.workers).judge)
      try save(self, true)
    }
    while state.step < schedule.steps {
      let (sample, isBest) = try advance(&progress)
      if let sample {
        let verdict = health.observe(sample)
        state.health = health.state
        if case .collapsed(let reason) = verdict {
          progress.finish()
          return reason
        }
      }
      if isBest { try save(self, true) }
      let signal = context.interrupted()
      if signal != nil || state.step % schedule.checkpointEvery == 0
        || state.step == schedule.steps
      {
        try save(self, false)
      }
      if let signal {
        progress.finish()
        throw RunInterrupted(signal: signal)
      }
    }
    progress.finish()
    return nil
  }

  /// One step, logged.
  private mutating func advance(
    _ progress: inout ProgressLine
  ) throws -> (sample: HealthSample?, isBest: Bool) {
    let begin = ContinuousClock.now
    let sessions = try cache.sessions(at: order.indices(step: state.step))
    var figures = try trainer.step(sessions, number: state.step)
    state.step += 1
    state.loggedSteps += 1
    state.optimiserStep = trainer.adam.step
    state.memory = trainer.memory
    let seconds = (ContinuousClock.now - begin) / .seconds(1)
    let isBest = validate(&figures)
    let values = figures.values.map { ("\(family).\($0.key)", $0.value) }
    try log.log(
      step: firstLoggedStep + state.loggedSteps, Dictionary(uniqueKeysWithValues: values),
      timings: ["\(family).requests_per_s": Double(order.batch) / seconds])
    progress.update(state.step * order.batch, figures: figures.shown)
    return (figures.sample, isBest)
  }

  /// Asks judge and labels when it is time to.
  ///
  /// - Returns: whether the policy is the best so far.
  private mutating func validate(_ figures: inout StepFigures) -> Bool {
    let every = context.configuration.training.judge.every
    guard let judgeValidation, let choice,
      (state.step % every == 0 && !schedule.isHeardAtEnd) || state.step == schedule.steps
    else { return false }
    let gains = judgeValidation.gains(of: policy, workers: context.workers)
    let leads = labelValidation?.leads(of: policy, workers: context.workers) ?? []
    figures.values["judge_gain"] = gains.judge
    figures.values["judge_better"] = gains.better
    figures.values["evaluator_gain"] = gains.evaluators
    for (name, value) in leads.flatMap(\.figures) { figures.values[name] = value }
    switch choice.verdict(gain: gains.judge, bar: state.bestGain, leads: leads) {
    case .notBetter:
      return false
    case .passedOver(let reason):
      state.passedOver.append(
        PassedOver(step: state.step, gain: gains.judge, reason: reason))
      return false
    case .best:
      state.bestGain = choice.score(gain: gains.judge, leads: leads)
      return true
    }
  }

  /// How `best` is chosen; nil without anyone to ask.
  private var choice: CheckpointChoice? {
    judgeValidation.map { CheckpointChoice(start: start, referee: $0.referee) }
  }

  private var family: String { context.configuration.family }
}
