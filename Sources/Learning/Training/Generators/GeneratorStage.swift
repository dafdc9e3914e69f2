import Features
import GeneratorModel
import Networks
import Objectives
import RandomStreams
import Tensors

/// Trains the generator: imitation, then REINFORCE, watched, with checkpoints on the way.
struct GeneratorStage {
  let context: RunContext
  let cache: SessionCache
  let utilities: UtilityModel
  let log: RunLog
  /// Asks the judge now and then; nil without one.
  let judgeValidation: JudgeValidation?
  /// Steps of evaluators and judge; the log counts on from there.
  let firstTick: Int
  var state: State
  var generator: Generator
  var adam: Adam
  private var order: BatchOrder
  /// Goes on from a trained generator.
  private let isContinued: Bool

  init(
    _ context: RunContext, cache: SessionCache, utilities: UtilityModel, layout: FeatureLayout,
    log: RunLog, judgeValidation: JudgeValidation?, firstTick: Int, start: Generator? = nil,
    state: State = State()
  ) {
    self.context = context
    self.cache = cache
    self.utilities = utilities
    self.log = log
    self.judgeValidation = judgeValidation
    self.firstTick = firstTick
    self.state = state
    let seed = GeneratorStage.seed(context, state.attempt)
    generator =
      start
      ?? Generator(
        context.configuration.generator, layout: layout, objectives: utilities.objectives,
        stream: RandomStream(seed: seed, "generator.initial"))
    isContinued = start != nil
    adam = Adam(Adam.Configuration(), parameters: generator.parameters)
    let settings = context.configuration.training.generator
    order = BatchOrder(
      count: cache.count, batch: min(settings.batch, cache.count), seed: seed)
  }

  /// The next seed after each collapse.
  static func seed(_ context: RunContext, _ attempt: Int) -> UInt64 {
    var stream = RandomStream(seed: context.seed, "generator.attempt", step: UInt64(attempt))
    return stream.next()
  }

  private var settings: GeneratorTraining { context.configuration.training.generator }

  /// Runs this attempt to its end.
  ///
  /// - Parameter save: writes a checkpoint of the stage as it is, `best` when the judge has not
  ///   liked one better before.
  /// - Returns: why it collapsed, or nil when it did not.
  mutating func run(
    save: (GeneratorStage, _ best: Bool) throws -> Void
  ) throws -> CollapseReason? {
    let batch = order.batch
    var progress = context.progress(
      "generator", settings.steps * batch, state.step * batch, "requests")
    var health = HealthWatch(configuration: settings.health, state: state.health)
    // What the generator was counts as a result, too, if the judge can tell.
    if isContinued, state.step == 0, let judgeValidation, judgeValidation.isReliable {
      state.bestGain = judgeValidation.gains(of: generator, workers: context.workers).judge
      try save(self, true)
    }
    while state.step < settings.steps {
      let begin = ContinuousClock.now
      let sessions = try cache.sessions(at: order.indices(step: state.step))
      var figures =
        state.step < settings.imitationSteps ? imitate(sessions) : reinforce(sessions)
      state.step += 1
      state.tick += 1
      state.optimiserStep = adam.step
      let seconds = (ContinuousClock.now - begin) / .seconds(1)
      let isBest = validateWithJudge(&figures)
      try log.log(
        step: firstTick + state.tick, figures.values,
        timings: ["generator.requests_per_s": Double(batch) / seconds])
      progress.update(state.step * batch, figures: figures.shown)
      if let sample = figures.sample {
        let verdict = health.observe(sample)
        state.health = health.state
        if case .collapsed(let reason) = verdict {
          progress.finish()
          return reason
        }
      }
      if isBest { try save(self, true) }
      let signal = context.interrupted()
      if signal != nil || state.step % settings.checkpointEvery == 0
        || state.step == settings.steps
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

  private struct Figures {
    var values: [String: Double]
    var shown: [ProgressLine.Figure]
    var sample: HealthSample?
  }

  /// Asks the judge when it is time to.
  ///
  /// - Returns: whether it has not liked a generator of this run better.
  private mutating func validateWithJudge(_ figures: inout Figures) -> Bool {
    let every = context.configuration.training.judge.every
    guard let judgeValidation, state.step % every == 0 || state.step == settings.steps else {
      return false
    }
    let verdict = judgeValidation.gains(of: generator, workers: context.workers)
    figures.values["generator.judge_gain"] = verdict.judge
    figures.values["generator.judge_better"] = verdict.better
    figures.values["generator.evaluator_gain"] = verdict.evaluators
    guard verdict.judge > state.bestGain ?? -.infinity else { return false }
    state.bestGain = verdict.judge
    return true
  }

  private mutating func imitate(_ sessions: [EncodedSession]) -> Figures {
    let (gradients, loss) = Imitation(
      generator: generator, settings: settings, seed: seed
    ).step(sessions, step: state.step, shards: context.shards, workers: context.workers)
    let norm = adam.update(
      &generator.parameters, gradients, rate: rate, workers: context.workers)
    return Figures(
      values: ["generator.imitation_loss": loss, "generator.gradient_norm": norm],
      shown: [("imitation loss", loss)], sample: nil)
  }

  private mutating func reinforce(_ sessions: [EncodedSession]) -> Figures {
    let scale = state.squares.map { Float(max($0, 1e-12).squareRoot()) } ?? 1
    let (gradients, sums) = PolicyGradient(
      generator: generator, utilities: utilities, settings: settings, seed: seed, scale: scale
    ).step(sessions, step: state.step, shards: context.shards, workers: context.workers)
    let norm = adam.update(
      &generator.parameters, gradients, rate: rate, workers: context.workers)
    let squares = sums.squares / sums.requests
    state.squares = state.squares.map { 0.95 * $0 + 0.05 * squares } ?? squares
    let reward = sums.reward / sums.requests
    let better = sums.betterThanLogged / sums.requests
    let entropy = sums.entropy / sums.requests
    return Figures(
      values: [
        "generator.reward": reward, "generator.better_than_logged": better,
        "generator.entropy": entropy, "generator.gradient_norm": norm,
        "generator.reward_logged": sums.loggedReward / sums.requests,
        "generator.advantage_scale": Double(scale), "generator.attempt": Double(state.attempt),
      ],
      shown: [("reward", reward), ("better", better), ("entropy", entropy)],
      sample: HealthSample(
        reward: reward, entropy: entropy, gradientNorm: norm, shareBetter: better))
  }

  private var seed: UInt64 { GeneratorStage.seed(context, state.attempt) }

  private var rate: Float { settings.schedule.rate(step: state.step, of: settings.steps) }
}
