import EvaluatorModel
import Networks

/// Fits an ensemble, member after member, each until its validation loss stops falling.
struct EvaluatorStage {
  let context: RunContext
  let role: EvaluatorRole
  let data: PreparedData
  /// Steps of earlier stages; the log counts on from there.
  let firstLoggedStep: Int
  let log: RunLog
  /// Members to go on from; nil to start anew.
  let start: EvaluatorEnsemble?
  /// Finished members.
  var done: [Evaluator] = []
  /// The member that is being fitted.
  var member: EvaluatorFit
  /// Steps done over all members.
  var loggedSteps = 0

  /// - Parameter data: with the sessions of the role.
  init(
    _ context: RunContext, role: EvaluatorRole, data: PreparedData, log: RunLog,
    firstLoggedStep: Int = 0, start: EvaluatorEnsemble? = nil
  ) {
    self.context = context
    self.role = role
    self.data = data
    self.log = log
    self.firstLoggedStep = firstLoggedStep
    self.start = start
    member = EvaluatorFit(0, context: context, role: role, data: data, start: start)
  }

  /// A member before its first step.
  func newMember(_ index: Int) -> EvaluatorFit {
    EvaluatorFit(index, context: context, role: role, data: data, start: start)
  }

  private var settings: EvaluatorTraining { context.configuration.training.evaluator }

  /// Runs to the end, or to the interruption, which leaves a checkpoint to go on from.
  mutating func run() throws -> EvaluatorEnsemble {
    let configuration = context.configuration.evaluator
    let most = configuration.ensemble * settings.epochs * member.order.stepsPerEpoch
    var progress = context.progress(role.plural, most * settings.batch, 0, "sessions")
    while done.count < configuration.ensemble {
      try fit(&progress)
      context.note(
        "\(role.member) \(done.count + 1) of \(configuration.ensemble): best validation loss "
          + "\(String(rounded: member.bestLoss)) after \(member.step) steps")
      done.append(member.best)
      if done.count < configuration.ensemble {
        member = newMember(done.count)
        try save()
      }
    }
    progress.finish()
    return EvaluatorEnsemble(members: done, pessimism: configuration.pessimism)
  }

  private mutating func fit(_ progress: inout ProgressLine) throws {
    let perEpoch = member.order.stepsPerEpoch
    let total = settings.epochs * perEpoch
    // What the member was counts as a result: sessions that teach it nothing leave it alone.
    if start != nil, member.step == 0 { member.judge(try heldOutLoss()) }
    while member.step < total && member.staleEpochs < settings.patience {
      let begin = ContinuousClock.now
      let loss = try member.advance(
        data.train, settings: settings, total: total, shards: context.shards,
        workers: context.workers)
      let seconds = (ContinuousClock.now - begin) / .seconds(1)
      loggedSteps += 1
      var values = ["\(role.member).\(done.count).loss": loss]
      if member.step % perEpoch == 0 {
        let heldOut = try heldOutLoss()
        member.judge(heldOut)
        values["\(role.member).\(done.count).validation_loss"] = heldOut
      }
      try log.log(
        step: firstLoggedStep + loggedSteps, values,
        timings: ["\(role.member).sessions_per_s": Double(member.order.batch) / seconds])
      let before = done.count * total
      progress.update(
        (before + member.step) * settings.batch,
        figures: [("member", Double(done.count + 1)), ("loss", loss)])
      if let signal = context.interrupted() {
        progress.finish()
        try save()
        throw RunInterrupted(signal: signal)
      }
    }
  }

  /// Loss of the member on the validation sessions, over all heads.
  private func heldOutLoss() throws -> Double {
    let ensemble = EvaluatorEnsemble(members: [member.evaluator], pessimism: 0)
    let validation = try ensemble.predictions(data.validation, workers: context.workers)
    return zip(validation, ensemble.heads).reduce(0) { $0 + $1.0.loss($1.1) }
  }
}

extension EvaluatorRole {
  /// One of the ensemble, in logs and messages.
  var member: String {
    switch self {
    case .training: "evaluator"
    case .judge: "judge"
    }
  }

  var plural: String { "\(member)s" }

  /// Name of the checkpoint that an interrupted stage leaves.
  var unfinished: String { "\(plural)-unfinished" }
}

extension String {
  /// Four decimals, for messages.
  init(rounded value: Double) {
    let scaled = (value * 10_000).rounded()
    self = scaled.isFinite && abs(scaled) < 1e15 ? "\(scaled / 10_000)" : "\(value)"
  }
}
