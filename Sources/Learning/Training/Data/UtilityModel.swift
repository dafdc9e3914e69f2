package import EvaluatorModel
package import Features
package import Objectives

/// Utilities of lists: predicted ones by the frozen evaluators, rule ones by their definitions.
package struct UtilityModel: Sendable {
  package let evaluators: EvaluatorEnsemble
  package var objectives: ObjectiveSet
  /// Expected feedback in place of the evaluators', `[list][feedback][slot]`: a world's truth, to tell
  /// what a policy can learn from rewards without error.
  package var law: (@Sendable (RequestBatch, ListBatch) -> [[[Float]]])?

  package init(evaluators: EvaluatorEnsemble, objectives: ObjectiveSet) {
    self.evaluators = evaluators
    self.objectives = objectives
  }

  /// Raw utilities of every list: `[list][objective]`.
  package func utilities(_ batch: RequestBatch, _ lists: ListBatch) -> [[Float]] {
    utilities(batch, lists, predictions: predictions(batch, lists))
  }

  /// What the evaluators expect, pessimism included: `[list][feedback][slot]`.
  func predictions(_ batch: RequestBatch, _ lists: ListBatch) -> [[[Float]]] {
    law?(batch, lists) ?? evaluators.predict(batch, lists, feedback: objectives.feedback)
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
