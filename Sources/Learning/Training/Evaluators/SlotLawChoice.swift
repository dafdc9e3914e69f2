import EvaluatorModel
import Features
import Foundation
import Networks

/// Chooses for each kind of binary feedback whether its slots add to the items or are chances to be
/// looked at: fits the smallest model both ways, and takes examination where it predicts held-out
/// sessions clearly better.
///
/// The same seed makes the same choice, so that a run that goes on after a stop need not keep it.
struct SlotLawChoice {
  let context: RunContext
  let role: EvaluatorRole
  let data: PreparedData
  let slotMeans: [[Double]]

  /// The data's heads with the laws that were chosen, or that the configuration names.
  func heads() throws -> [EvaluatorHead] {
    let configuration = context.configuration.evaluator
    guard configuration.pointwise, data.heads.contains(where: { $0.kind == .binary }) else {
      return data.heads
    }
    if let law = configuration.slotLaw { return heads(law) }
    let additive = try fitted(.additive)
    let examined = try fitted(.examination)
    return try data.heads.map { head in
      guard head.kind == .binary else { return head }
      let (own, other) = (
        try losses(examined, of: head.feedback), try losses(additive, of: head.feedback)
      )
      let margin = LossMargin(own: own.losses, other: other.losses, users: own.users)
      var chosen = head
      if margin.isClear(by: Self.clearly) { chosen.slotLaw = .examination }
      context.note(
        "\(head.feedback): held-out loss \(String(rounded: other.loss)) with slots that add, "
          + "\(String(rounded: own.loss)) with slots as chances to be looked at; "
          + (chosen.isExamined ? "chances are taken" : "they add"))
      return chosen
    }
  }

  /// Standard errors by which examination has to be ahead.
  private static let clearly = 2.0

  private func heads(_ law: SlotLaw) -> [EvaluatorHead] {
    data.heads.map {
      var head = $0
      if head.kind == .binary { head.slotLaw = law }
      return head
    }
  }

  /// The first member's smallest model with all slots under one law.
  private func fitted(_ law: SlotLaw) throws -> EvaluatorFit {
    var member = EvaluatorFit(
      0, context: context, role: role, data: data, heads: heads(law), slotMeans: slotMeans,
      start: nil)
    let settings = context.configuration.training.evaluator
    func look() throws {
      member.take(
        try member.heldOutLosses(
          member.evaluator, data: data, needed: [], workers: context.workers
        ).loss)
    }
    try look()
    while member.step < member.mostSteps && member.staleEpochs < settings.patience {
      _ = try member.advance(data.train, shards: context.shards, workers: context.workers)
      if member.step % member.stepsPerLook == 0 { try look() }
      if let signal = context.interrupted() { throw RunInterrupted(signal: signal) }
    }
    return member
  }

  private func losses(_ member: EvaluatorFit, of feedback: String) throws -> HeldOutLosses {
    try member.heldOutLosses(
      member.best, data: data, needed: [feedback], workers: context.workers)
  }
}
