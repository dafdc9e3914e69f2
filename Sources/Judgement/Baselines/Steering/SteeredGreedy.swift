import Features
package import Objectives
package import OfflineEvaluation
package import PointwiseModel

/// The lists that `SteeredWriter` makes of an item scorer's values: how every pointwise method of the
/// comparison is steered.
package struct SteeredGreedy: ListMethod {
  private let scorer: any ItemScorer
  private let writer: SteeredWriter

  /// - Precondition: the scorer predicts all feedback kinds of the objectives.
  package init(_ scorer: any ItemScorer, objectives: ObjectiveSet) {
    self.scorer = scorer
    writer = SteeredWriter(objectives, feedback: scorer.feedback)
  }

  package func lists(for requests: MethodRequests, weights: [Float]) -> [[Int]] {
    lists(
      requests.batch, lengths: requests.lengths, weights: requests.lengths.map { _ in weights })
  }

  /// Lists with a w per request.
  func lists(_ batch: RequestBatch, lengths: [Int], weights: [[Float]]) -> [[Int]] {
    writer.lists(batch, values: scorer.values(batch), lengths: lengths, weights: weights)
  }
}
