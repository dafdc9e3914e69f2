import EvaluatorModel
import Features
import Networks

/// Fits an ensemble, member after member, each until its validation loss stops falling.
struct EvaluatorStage {
  let context: RunContext
  let role: EvaluatorRole
  let data: PreparedData
  /// Feedback kinds that objectives use; their losses decide when to stop. Empty for all.
  let needed: [String]
  /// The data's heads, with how slots count for them.
  let heads: [EvaluatorHead]
  private let slotMeans: [[Double]]
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
    _ context: RunContext, role: EvaluatorRole, data: PreparedData, needed: [String], log: RunLog,
    firstLoggedStep: Int = 0, start: EvaluatorEnsemble? = nil
  ) throws {
    self.context = context
    self.role = role
    self.data = data
    self.needed = needed
    slotMeans = try TrivialPredictors(
      data.train, heads: data.heads,
      slots: context.configuration.evaluator.slots ?? data.longestList, layout: data.schema.layout
    ).slotMeans
    self.log = log
    self.firstLoggedStep = firstLoggedStep
    self.start = start
    heads =
      try start?.heads
      ?? SlotLawChoice(
        context: context, role: role, data: data, slotMeans: slotMeans
      ).heads()
    member = EvaluatorFit(
      0, context: context, role: role, data: data, heads: heads, slotMeans: slotMeans, start: start)
  }

  /// A member before its first step.
  func newMember(_ index: Int) -> EvaluatorFit {
    EvaluatorFit(
      index, context: context, role: role, data: data, heads: heads, slotMeans: slotMeans,
      start: start)
  }

  private var settings: EvaluatorTraining { context.configuration.training.evaluator }

  /// Runs to the end, or to the interruption, which leaves a checkpoint to go on from.
  mutating func run() throws -> EvaluatorEnsemble {
    let configuration = context.configuration.evaluator
    let most = configuration.ensemble * mostStepsOfMember
    var progress = context.progress(role.plural, most * settings.batch, 0, "sessions")
    while done.count < configuration.ensemble {
      try fit(&progress)
      context.note(
        "\(role.member) \(done.count + 1) of \(configuration.ensemble): best validation loss "
          + "\(String(rounded: member.bestLoss)) after \(member.steps) steps"
          + member.best.keptCorrections)
      done.append(member.best)
      if done.count < configuration.ensemble {
        member = newMember(done.count)
        try save()
      }
    }
    progress.finish()
    return EvaluatorEnsemble(members: done, pessimism: configuration.pessimism)
  }

  private var mostStepsOfMember: Int {
    (member.rungs - newMember(0).rung + 1) * settings.epochs * member.order.stepsPerEpoch
  }

  /// Fits the model of slots and numbers, and then each rung of corrections.
  private mutating func fit(_ progress: inout ProgressLine) throws {
    while true {
      try fitRung(&progress)
      if start == nil, member.accepted.configuration.pointwise { try settle() }
      guard member.rung < member.rungs else { return }
      member.climb(accepting: member.best, loss: member.bestLoss)
    }
  }

  private mutating func fitRung(_ progress: inout ProgressLine) throws {
    // What the member was counts as a result: sessions that teach it nothing leave it alone.
    if start != nil || member.rung == 0, member.step == 0 { member.take(try heldOutLoss()) }
    while member.step < member.mostSteps && member.staleEpochs < settings.patience {
      let begin = ContinuousClock.now
      let loss = try member.advance(
        data.train, shards: context.shards, workers: context.workers)
      let seconds = (ContinuousClock.now - begin) / .seconds(1)
      loggedSteps += 1
      var values = ["\(role.member).\(done.count).loss": loss]
      if member.step % member.stepsPerLook == 0 {
        let heldOut = try heldOutLoss()
        member.take(heldOut)
        values["\(role.member).\(done.count).validation_loss"] = heldOut
      }
      try log.log(
        step: firstLoggedStep + loggedSteps, values,
        timings: ["\(role.member).sessions_per_s": Double(member.order.batch) / seconds])
      progress.update(
        (done.count * mostStepsOfMember + member.steps) * settings.batch,
        counts: [("member", done.count + 1)], figures: [("loss", loss)])
      if let signal = context.interrupted() {
        progress.finish()
        try save()
        throw RunInterrupted(signal: signal)
      }
    }
  }

  /// Keeps as much of the rung's correction as held-out sessions want, and none of it where it is
  /// not clearly better than without.
  private mutating func settle() throws {
    guard member.rung > 0 else { return }
    for correction in member.ladder[..<member.rung].joined()
    where member.best[share: correction] > 0 {
      // The losses are convex in what is added to an output, so the first share that does not help
      // ends the search.
      for share: Float in [0.75, 0.5, 0.25, 0] {
        var shrunk = member.best
        shrunk[share: correction] = share
        let loss = try heldOutLosses(shrunk).loss
        guard loss < member.bestLoss else { break }
        (member.best, member.bestLoss) = (shrunk, loss)
      }
    }
    let (own, before) = (try heldOutLosses(member.best), try heldOutLosses(member.accepted))
    let margin = LossMargin(own: own.losses, other: before.losses, users: own.users)
    if !margin.isClear(by: Self.clearly) {
      (member.best, member.bestLoss) = (member.accepted, before.loss)
    }
  }

  /// Standard errors by which a correction has to lower the held-out loss.
  private static let clearly = 1.0

  private func heldOutLoss() throws -> Double { try heldOutLosses(member.evaluator).loss }

  private func heldOutLosses(_ evaluator: Evaluator) throws -> HeldOutLosses {
    try member.heldOutLosses(evaluator, data: data, needed: needed, workers: context.workers)
  }
}

extension Evaluator {
  /// Which corrections were kept and how much of each, for the user.
  fileprivate var keptCorrections: String {
    guard configuration.pointwise else { return "" }
    let kept = EvaluatorCorrection.allCases.filter { self[share: $0] > 0 }
    let names = kept.map { self[share: $0] == 1 ? "\($0)" : "\($0) x \(self[share: $0])" }
    let examined = heads.filter(\.isExamined).map(\.feedback)
    return "; corrections kept: " + (kept.isEmpty ? "none" : names.joined(separator: ", "))
      + (examined.isEmpty ? "" : "; slots as chances to be looked at: ")
      + examined.joined(separator: ", ")
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
