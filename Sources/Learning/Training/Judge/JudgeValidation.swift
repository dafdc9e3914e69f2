import EvaluatorModel
import Features
import ListPolicy
import Objectives
import Tensors

/// What the judge and the training evaluators say of a policy on held-out requests.
///
/// Request i is ranked greedily at standard probe i mod P, so that all probes count alike. Both
/// gains are means of the reward of the written list minus that of the logged one; the judge
/// has seen other users, so where the evaluators' gain runs ahead of the judge's, the policy
/// exploits their errors.
struct JudgeValidation: Sendable {
  private let sessions: [EncodedSession]
  private let probes: [[Float]]
  private let judge: EvaluatorEnsemble
  private let utilities: UtilityModel
  /// Whose word `Gains.judge` is.
  let referee: CheckpointChoice.Referee

  struct Gains: Sendable {
    /// Mean gain as the judge predicts it, without pessimism.
    var judge = 0.0
    /// Share of requests where the judge prefers the written list.
    var better = 0.0
    /// Mean gain as the training evaluators predict it, without pessimism.
    var evaluators = 0.0
  }

  /// - Parameter quality: of the training evaluators.
  init(
    _ sessions: [EncodedSession], judge: JudgePart?, utilities: UtilityModel,
    quality: EvaluatorQuality
  ) {
    self.sessions = sessions
    // Without a judge the training evaluators speak for themselves: they cannot tell what is true,
    // but whether the policy has learned what they say.
    self.judge = judge?.evaluators ?? utilities.evaluators
    referee = CheckpointChoice.Referee(
      isJudge: judge != nil, isReliable: (judge?.quality ?? quality).passed)
    self.utilities = utilities
    probes = Probes.standard(count: utilities.objectives.count)
  }

  func gains(of policy: any ListPolicy, workers: Workers) -> Gains {
    let prepared = probes.map { policy.prepare($0) }
    let size = 32
    let pieces = Shards.ranges(sessions.count, (sessions.count + size - 1) / size)
    let parts = workers.map(pieces.count) { piece in gains(policy, prepared, pieces[piece]) }
    let count = Double(max(1, sessions.count))
    return parts.reduce(into: Gains()) { sum, part in
      sum.judge += part.judge / count
      sum.better += part.better / count
      sum.evaluators += part.evaluators / count
    }
  }

  /// Sums over a part of the requests.
  private func gains(
    _ policy: any ListPolicy, _ prepared: [PreparedWeights], _ range: Range<Int>
  ) -> Gains {
    let own = sessions[range]
    let batch = RequestBatch(own.map(\.request))
    let places = range.map { $0 % probes.count }
    let logged = own.map { $0.shown.map { Int($0) } }
    let written = policy.lists(
      batch, weights: places.map { prepared[$0] }, lengths: logged.map(\.count), constraints: nil
    ).map(\.items)
    let byJudge = gains(judge, batch, written, logged, places)
    let byEvaluators = gains(utilities.evaluators, batch, written, logged, places)
    return Gains(
      judge: byJudge.reduce(0, +), better: Double(byJudge.count { $0 > 0 }),
      evaluators: byEvaluators.reduce(0, +))
  }

  private func gains(
    _ evaluators: EvaluatorEnsemble, _ batch: RequestBatch, _ written: [[Int]],
    _ logged: [[Int]], _ places: [Int]
  ) -> [Double] {
    let objectives = utilities.objectives
    func rewards(_ lists: [[Int]]) -> [Float] {
      let predictions = evaluators.predict(
        batch, ListBatch(lists), feedback: objectives.feedback, pessimism: 0)
      return lists.indices.map { b in
        let values = objectives.utilities(
          of: lists[b], columns: batch.columns[b], predictions: predictions[b])
        return objectives.reward(values, weights: probes[places[b]])
      }
    }
    return zip(rewards(written), rewards(logged)).map { Double($0 - $1) }
  }
}
