package import Checkpoints
import EvaluatorModel
import Families
import Features
import ListPolicy
import Objectives
package import Sessions

/// What lists lose by being written with less exact numbers, in the eyes of the checkpoint's own evaluators.
package struct RewardLoss: Sendable, Equatable {
  /// Mean reward of the checkpoint's lists and of the exported ones, over requests and weightings. In units
  /// of the scales: 1 is the attainable range of an objective.
  package var whole: Double
  package var exported: Double
  /// Share of the lists that are equal, place by place.
  package var equal: Double

  package var lost: Double { whole - exported }

  /// - Parameters:
  ///   - checkpoint: with its evaluators.
  ///   - exported: what was made from it.
  ///   - sessions: whose requests are asked, with lists as long as they were shown.
  package init(
    _ checkpoint: CheckpointReader, exported: CheckpointReader, sessions: [Session]
  ) throws {
    let schema = try checkpoint.section("schema", as: FittedSchema.self)
    let objectives = try checkpoint.section("objectives", as: ObjectiveSet.self)
    let evaluators = try EvaluatorEnsemble(checkpoint, layout: schema.layout)
    let policies = try [checkpoint, exported].map {
      try Families.policy(of: $0, layout: schema.layout, objectives: objectives)
    }
    let probes = Probes.standard(count: objectives.count)
    var rewards = [0.0, 0.0]
    var (equal, count) = (0, 0)
    for session in sessions {
      let batch = RequestBatch([schema.encode(session.request)])
      for weights in probes {
        let lists = policies.map { policy in
          policy.lists(
            batch, weights: [policy.prepare(weights)], lengths: [session.shown.count],
            constraints: nil)[0].items
        }
        let predictions = evaluators.predict(
          batch, ListBatch(requests: [0, 0], lists: lists), feedback: objectives.feedback)
        for place in 0..<2 {
          let utilities = objectives.utilities(
            of: lists[place], columns: batch.columns[0], predictions: predictions[place])
          rewards[place] += Double(objectives.reward(utilities, weights: weights))
        }
        equal += lists[0] == lists[1] ? 1 : 0
        count += 1
      }
    }
    let total = Double(max(1, count))
    whole = rewards[0] / total
    self.exported = rewards[1] / total
    self.equal = Double(equal) / total
  }
}

/// An export whose lists lose more than was allowed.
package struct RewardLossError: Error, Sendable, CustomStringConvertible {
  package let loss: RewardLoss
  package let most: Double
  package let precision: StoredPrecision

  package init(loss: RewardLoss, most: Double, precision: StoredPrecision) {
    self.loss = loss
    self.most = most
    self.precision = precision
  }

  package var description: String {
    "--precision \(precision.rawValue): expected lists that lose at most \(most) of reward, got "
      + "\((loss.lost * 10_000).rounded() / 10_000); nothing was written: use float16, or allow more with "
      + "--most-lost"
  }
}
