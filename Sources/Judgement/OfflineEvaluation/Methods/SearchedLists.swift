package import EvaluatorModel
import Features
import ListSearch
package import Objectives

/// The lists of a method, made better by a local search on evaluators, as a service with
/// `strategy.searched_lists` serves them.
package struct SearchedLists: ListMethod {
  private let method: any ListMethod
  private let evaluators: EvaluatorEnsemble
  private let objectives: ObjectiveSet
  private let budget: Int

  /// - Parameter budget: lists that may be scored per request, the method's own included.
  package init(
    _ method: any ListMethod, evaluators: EvaluatorEnsemble, objectives: ObjectiveSet, budget: Int
  ) {
    self.method = method
    self.evaluators = evaluators
    self.objectives = objectives
    self.budget = budget
  }

  package func lists(for requests: MethodRequests, weights: [Float]) -> [[Int]] {
    let batch = requests.batch
    return method.lists(for: requests, weights: weights).enumerated().map { b, list in
      guard !list.isEmpty else { return list }
      return LocalSearch.climb(budget: budget).best(
        candidates: batch.candidateCount(b), length: list.count, starts: [list], seed: 0
      ) { lists in
        let predictions = evaluators.predict(
          batch, ListBatch(requests: lists.map { _ in b }, lists: lists),
          feedback: objectives.feedback)
        return zip(lists, predictions).map { list, prediction in
          let utilities = objectives.utilities(
            of: list, columns: batch.columns[b], predictions: prediction)
          return Double(objectives.reward(utilities, weights: weights))
        }
      }.best.items
    }
  }
}
