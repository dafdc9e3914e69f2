import Checkpoints
import EvaluatorModel
import Families
import Features
import Foundation
import ListPolicy
import Networks
package import Objectives
import RandomStreams
package import Sessions
package import Statistics
package import Tensors

/// Estimates what a checkpoint's sampled policy would have earned, from logs with propensities.
///
/// The policy samples each pick from its law at w. `share` below 1 mixes it, pick by
/// pick, with the logging policy: nearer to the log, so that there is more to learn from it. A list
/// that was served under pins, bans or rules is looked at under the same, since its propensities are
/// chances among what they left.
package struct OffPolicyEvaluation: Sendable {
  let schema: FittedSchema
  private let objectives: ObjectiveSet
  let policy: any DrawingPolicy
  let evaluators: EvaluatorEnsemble

  package struct Options: Sendable {
    /// Share of the picks that are the model's, in 0...1.
    package var share = 1.0
    /// Sum over the list that is estimated; nil takes the first kind that objectives predict.
    package var feedback: String?
    /// Ask the evaluators for the doubly robust estimate: 50 times the work. Only with share 1,
    /// since what else the logging policy might have picked is not logged.
    package var doublyRobust = false
    package var estimation = OffPolicyOptions()
    package var seed: UInt64 = 1

    package init() {}
  }

  /// - Throws: `OffPolicyError` for a policy without probabilities, faults of the checkpoint.
  package init(path: String) throws {
    let checkpoint = try CheckpointReader(path: path)
    schema = try checkpoint.section("schema", as: FittedSchema.self)
    objectives = try checkpoint.section("objectives", as: ObjectiveSet.self)
    let known = try Families.policy(
      of: checkpoint, layout: schema.layout, objectives: objectives)
    guard let drawing = known as? any DrawingPolicy else {
      throw OffPolicyError.noProbabilities(family: type(of: known).family)
    }
    policy = drawing
    evaluators = try EvaluatorEnsemble(checkpoint, layout: schema.layout)
  }

  package var objectiveNames: [String] { objectives.names }

  /// - Throws: `OffPolicyError` for a log without what is asked for, `ForeignSessionsError`.
  package func report(
    _ sessions: [Session], weights: Weights, options: Options = Options(), workers: Workers
  ) throws -> OffPolicyReport {
    try schema.checkFeatures(of: sessions)
    guard let kind = options.feedback ?? objectives.feedback.first,
      let head = evaluators.heads.first(where: { $0.feedback == kind })
    else {
      throw OffPolicyError.noFeedback(
        options.feedback, known: evaluators.heads.map(\.feedback))
    }
    // A service logs the propensities of drawn lists only; the others can say nothing here.
    let drawn = sessions.filter { $0.hasPropensities }
    guard !drawn.isEmpty else { throw OffPolicyError.noPropensities(sessions.count) }
    // A value that a binary kind cannot have is no reward, as it is no feedback in training.
    let known = drawn.filter { head.kind != .binary || $0.isBinary(kind) }
    let masked = try known.map { MaskedSession(session: $0, masks: try DecodingConstraints($0)) }
    let usable = masked.filter(\.isPermitted)
    guard !usable.isEmpty else {
      throw OffPolicyError.noUsableLists(
        drawn.count, outsideMasks: masked.count, kind: kind)
    }
    let prepared = policy.prepare(weights.values)
    let slates = workers.map(usable.count) { i in
      slate(usable[i], kind: kind, prepared, options)
    }
    let totals = slates.map { $0.slots.reduce(0) { $0 + $1.reward } }
    var stream = RandomStream(seed: options.seed, "evaluation.off_policy")
    let entries = OffPolicyEstimator.allCases.map { estimator in
      estimator == .cascadeDoublyRobust && !options.doublyRobust
        ? .init(
          estimator: estimator, estimate: nil,
          refusal: "it asks the evaluators, which takes long; give --doubly-robust")
        : entry(estimator, slates, options.estimation, &stream)
    }
    return OffPolicyReport(
      feedback: kind,
      weights: Dictionary(
        uniqueKeysWithValues: zip(objectives.names, weights.values.map(Double.init))),
      share: options.share, lists: slates.count,
      listsWithoutPropensities: sessions.count - drawn.count,
      listsUnderMasks: usable.count { $0.masks != .none },
      listsOutsideMasks: masked.count - usable.count,
      listsWithOddFeedback: drawn.count - known.count,
      logged: totals.reduce(0, +) / Double(max(1, totals.count)), estimates: entries)
  }

  private func entry(
    _ estimator: OffPolicyEstimator, _ slates: [LoggedSlate], _ options: OffPolicyOptions,
    _ stream: inout RandomStream
  ) -> OffPolicyReport.Entry {
    do {
      let estimate = try estimator.estimate(slates, options: options, using: &stream)
      return .init(estimator: estimator, estimate: estimate, refusal: nil)
    } catch {
      return .init(estimator: estimator, estimate: nil, refusal: error.description)
    }
  }
}

extension Session {
  /// A chance for each place of the list.
  fileprivate var hasPropensities: Bool { propensity?.count == shown.count }

  /// The kind is 0 or 1 in each place, or not logged.
  fileprivate func isBinary(_ kind: String) -> Bool {
    feedback[kind]?.allSatisfy { $0 == 0 || $0 == 1 } ?? true
  }
}

/// A log that cannot tell what another policy would have earned.
package enum OffPolicyError: Error, Sendable, Equatable, CustomStringConvertible {
  case noPropensities(Int)
  case noUsableLists(Int, outsideMasks: Int, kind: String)
  case noFeedback(String?, known: [String])
  case noProbabilities(family: String)

  package var description: String {
    switch self {
    case .noPropensities(let sessions):
      "sessions: expected propensities (the chance of each shown item given those above it), got "
        + "\(sessions) sessions without any; log them, or judge with fader evaluate, which does "
        + "without"
    case .noUsableLists(let lists, let outside, let kind):
      "sessions: expected lists that their masks allow, with \(kind) of 0 or 1, got \(lists) lists with "
        + "propensities, \(outside) of them outside their masks and \(lists - outside) with other "
        + "\(kind); ingest the log anew"
    case .noFeedback(let name, let known):
      "--feedback: expected one of \(known.joined(separator: ", ")), got "
        + (name.map { "\"\($0)\"" } ?? "none, and no objective predicts any")
    case .noProbabilities(let family):
      "checkpoint: expected a policy that lists can be drawn from, got one of family \(family), which "
        + "writes one list and has no probabilities; judge it with fader evaluate"
    }
  }
}
