package import Autodiff
import EvaluatorModel
import Families
import Features
package import ListPolicy
import Networks
import PointwiseModel
import RandomStreams
package import ScreenModel
import Tensors

extension ScreenRanker: Fittable {
  package func loss(_ part: FittingPart, on tape: Tape) -> Variable {
    loss(part.sessions, of: part.total, on: tape)
  }
}

/// A policy whose lists are made from what a screen model expects.
protocol ScreenRankerPolicy: ListPolicy {
  var ranker: ScreenRanker { get set }
}

extension ScreenPolicy: ScreenRankerPolicy {}

/// Fits a screen model to the feedback of logged sessions; the evaluators have no say in it.
///
/// At its last step the model is heard on held-out sessions: a head that predicts them no better with its
/// correction than the upstream scores alone goes without.
struct ScreenTrainer<Policy: ScreenRankerPolicy>: PolicyTrainer {
  private(set) var policy: Policy
  var adam: Adam
  private let fitting: FittingStep
  private let held: [EncodedSession]
  private let workers: Workers

  /// Steps between looks at the gates, and sessions that are looked at.
  private static var gatesEvery: Int { 50 }
  private static var gateSessions: Int { 64 }

  init(_ task: PolicyTask, _ policy: Policy, _ configuration: FittingConfiguration) {
    self.policy = policy
    fitting = FittingStep(
      configuration: configuration, seed: task.seed, workers: task.workers)
    adam = fitting.optimiser(policy.parameters)
    held = task.held
    workers = task.workers
  }

  /// The upstream scores' order; nothing without them.
  var startsUseful: Bool {
    let network = policy.ranker.configuration
    return !network.scores.isEmpty && network.offsets
  }

  var parameters: Parameters {
    get { policy.parameters }
    set { policy.parameters = newValue }
  }

  mutating func step(_ sessions: [EncodedSession], number: Int) throws -> StepFigures {
    let (loss, norm) = try fitting.take(number, sessions, &policy.ranker, &adam)
    var values = ["loss": loss, "gradient_norm": norm]
    if number % Self.gatesEvery == 0 { addGates(&values, sessions) }
    if number + 1 == fitting.configuration.steps, startsUseful { hear(&values) }
    return StepFigures(values: values, shown: [("loss", loss)], sample: nil)
  }

  private func addGates(_ values: inout [String: Double], _ sessions: [EncodedSession]) {
    let use = policy.ranker.gateUse(Array(sessions.prefix(Self.gateSessions)))
    for (head, experts) in zip(policy.ranker.feedback, use) {
      for (expert, share) in experts.enumerated() {
        values["gate.\(head).\(expert)"] = Double(share)
      }
    }
  }

  /// A head whose correction does not predict held-out sessions better than the scores, fitted to these
  /// very sessions, goes without it. The scores' fit has seen what it is judged by, but has only a few
  /// numbers to see it with.
  private mutating func hear(_ values: inout [String: Double]) {
    guard !held.isEmpty else { return }
    let ranker = policy.ranker
    let losses = ranker.losses(held, workers: workers)
    var plain = ranker
    for head in ranker.heads.indices {
      let (rows, observed) = held.scored(by: ranker, head: head)
      plain[shareOf: head] = 0
      plain.setOffsets(
        of: head, to: ScoreFit(rows, observed, ranker.heads[head]).weights.map { Float($0) })
    }
    for (head, (own, other)) in zip(losses, plain.losses(held, workers: workers)).enumerated() {
      let kind = ranker.feedback[head]
      values["held_out_loss.\(kind)"] = own
      values["held_out_loss_of_scores.\(kind)"] = other
      if own >= other { policy.ranker.takeOver(head, of: plain) }
    }
  }
}

extension [EncodedSession] {
  /// Upstream scores of the shown items and their feedback in units, where it is known.
  fileprivate func scored(
    by ranker: ScreenRanker, head: Int
  ) -> (rows: [[Float]], observed: [Double]) {
    var rows: [[Float]] = []
    var observed: [Double] = []
    for session in self {
      for (item, value) in zip(session.shown, session.feedback[head]) where !value.isNaN {
        rows.append(ranker.scores(of: Int(item), in: session.request.item))
        observed.append(Double(value / ranker.heads[head].unit))
      }
    }
    return (rows, observed)
  }
}

extension ScreenRanker {
  /// Mean loss of each head over the shown items of sessions; see `slotLoss`.
  func losses(_ sessions: [EncodedSession], workers: Workers) -> [Double] {
    let chunk = 64
    let parts = Shards.ranges(sessions.count, (sessions.count + chunk - 1) / chunk)
    let predicted = workers.map(parts.count) { part in
      predictions(Array(sessions[parts[part]]))
    }.flatMap(\.self)
    return heads.indices.map { h in
      var losses: [Double] = []
      for (session, slots) in zip(sessions, predicted) {
        for (slot, value) in session.feedback[h].enumerated() where !value.isNaN {
          losses.append(
            slotLoss(heads[h], observed: Double(value), predicted: Double(slots[slot][h])))
        }
      }
      return mean(losses)
    }
  }
}

extension PolicySchedule {
  /// A fit that diverges ends with an error of its own, so nothing is tried again.
  init(screen fitting: FittingConfiguration) {
    self.init(
      batch: fitting.batch, steps: fitting.steps, checkpointEvery: 200, restarts: 0,
      health: HealthConfiguration(), isHeardAtEnd: true)
  }
}

extension ScreenPolicy: TrainablePolicy {
  package static func schedule(_ configuration: RunConfiguration) -> PolicySchedule {
    PolicySchedule(screen: configuration.screenFitting)
  }

  package static func trainer(
    _ task: PolicyTask, start: (any ListPolicy)?
  ) throws -> any PolicyTrainer {
    let policy =
      try start as? ScreenPolicy
      ?? ScreenPolicy(
        task.configuration.policies[ScreenPolicy.self], layout: task.layout,
        objectives: task.utilities.objectives, heads: task.utilities.evaluators.heads,
        stream: RandomStream(seed: task.seed, "screen.initial"))
    return ScreenTrainer(task, policy, task.configuration.screenFitting)
  }
}

extension RunConfiguration {
  fileprivate var screenFitting: FittingConfiguration {
    warmed(policies[ScreenPolicy.self].fitting)
  }
}
