import EvaluatorModel
import Features
import Objectives

/// Utilities of lists: predicted ones by the frozen evaluators, rule ones by their definitions.
public struct UtilityModel: Sendable {
  public let evaluators: EvaluatorEnsemble
  public var objectives: ObjectiveSet

  public init(evaluators: EvaluatorEnsemble, objectives: ObjectiveSet) {
    self.evaluators = evaluators
    self.objectives = objectives
  }

  /// Raw utilities of every list: `[list][objective]`.
  public func utilities(_ batch: RequestBatch, _ lists: ListBatch) -> [[Float]] {
    utilities(batch, lists, predictions: predictions(batch, lists))
  }

  /// What the evaluators expect, pessimism included: `[list][feedback][slot]`.
  func predictions(_ batch: RequestBatch, _ lists: ListBatch) -> [[[Float]]] {
    evaluators.predict(batch, lists, feedback: objectives.feedback)
  }

  func utilities(
    _ batch: RequestBatch, _ lists: ListBatch, predictions: [[[Float]]]
  ) -> [[Float]] {
    lists.lists.indices.map { l in
      objectives.utilities(
        of: lists.lists[l], columns: batch.columns[lists.requests[l]],
        predictions: predictions[l])
    }
  }
}
