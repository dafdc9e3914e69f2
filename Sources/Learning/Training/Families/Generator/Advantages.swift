import EvaluatorModel
package import Features
import Objectives

/// How much better each drawn list did than its baseline, step by step.
///
/// The return of step t is the reward of the slots that the pick at t can move (`Credit`). Divided by
/// one running
/// scale for all requests, never by a group's own deviation, which would make easy and hard
/// requests weigh the same.
package struct Advantages {
  /// `[list][step]`, before scaling.
  package let values: [[Float]]
  /// Of each drawn list.
  package let rewards: [Float]
  /// Figures of the step, entropy apart.
  package private(set) var sums = PolicyGradient.Sums()

  /// - Parameters:
  ///   - lists: list k of request b at `b * K + k`.
  ///   - compared: per request, the list of the `logged` or `greedy` baseline.
  package init(
    _ batch: RequestBatch, weights: [[Float]], lists: [[Int]], logged: [[Int]],
    compared: [[Int]], utilities: UtilityModel, settings: GeneratorTraining
  ) {
    let k = settings.lists
    let requests = batch.requestCount
    let needsOther = settings.baseline == .greedy
    let all = ListBatch(
      requests: lists.indices.map { $0 / k } + Array(0..<requests)
        + (needsOther ? Array(0..<requests) : []),
      lists: lists + logged + (needsOther ? compared : []))
    let predictions = utilities.predictions(batch, all)
    let raw = utilities.utilities(batch, all, predictions: predictions)
    let objectives = utilities.objectives
    let rewards = all.lists.indices.map {
      objectives.reward(raw[$0], weights: weights[all.requests[$0]])
    }
    let credit = Credit(objectives: objectives, settings: settings)
    let returns = all.lists.indices.map { l in
      credit.returns(
        of: all.lists[l], reward: rewards[l], predictions: predictions[l],
        columns: batch.columns[all.requests[l]], weights: weights[all.requests[l]])
    }

    var values: [[Float]] = []
    for b in 0..<requests {
      let group = b * k..<(b + 1) * k
      let loggedAt = lists.count + b
      for l in group {
        let own = returns[l]
        let baseline = own.indices.map { t -> Float in
          switch settings.baseline {
          case .leaveOneOut:
            let others = group.reduce(Float(0)) { $0 + ($1 == l ? 0 : returns[$1][t]) }
            return others / Float(k - 1)
          case .logged: return returns[loggedAt][t]
          case .greedy: return returns[loggedAt + requests][t]
          case .none: return 0
          }
        }
        values.append(zip(own, baseline).map { $0 - $1 })
        sums.reward += Double(rewards[l]) / Double(k)
        sums.betterThanLogged += rewards[l] > rewards[loggedAt] ? 1 / Double(k) : 0
        let first = Double(values[l].first ?? 0)
        sums.squares += first * first / Double(k)
      }
      sums.loggedReward += Double(rewards[loggedAt])
      sums.requests += 1
    }
    self.values = values
    self.rewards = Array(rewards[lists.indices])
  }
}
