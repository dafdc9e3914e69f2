import EvaluatorModel
import Features
import ListSearch
import Objectives
import OfflineEvaluation

/// Lists written by asking the frozen evaluators at every step: what the generator is spared.
///
/// The reward of a partial list is that of its rules and of the feedback predicted for it. Greedy
/// with width 1, a beam otherwise.
struct EvaluatorSearchLists: ListMethod {
  let evaluators: EvaluatorEnsemble
  let objectives: ObjectiveSet
  let width: Int

  func lists(for requests: MethodRequests, weights: [Float]) -> [[Int]] {
    requests.lengths.enumerated().map { b, length in
      let score = { (lists: [[Int]]) -> [Double] in
        rewards(requests.batch, request: b, lists, weights)
      }
      let candidates = requests.batch.candidateCount(b)
      return width == 1
        ? greedyList(candidates: candidates, length: length, score: score).items
        : beamSearch(candidates: candidates, length: length, width: width, score: score)
          .first?.items ?? []
    }
  }

  private func rewards(
    _ batch: RequestBatch, request b: Int, _ lists: [[Int]], _ weights: [Float]
  ) -> [Double] {
    let predictions = evaluators.predict(
      batch, ListBatch(requests: lists.map { _ in b }, lists: lists),
      feedback: objectives.feedback, pessimism: 0)
    return lists.indices.map { l in
      let utilities = objectives.utilities(
        of: lists[l], columns: batch.columns[b], predictions: predictions[l])
      return Double(objectives.reward(utilities, weights: weights))
    }
  }
}
