import EvaluatorModel
import Features
import Objectives

/// What a list gains by an insert, as the list evaluators see it: the reward of the organic list with the insert
/// at a place, less that of the organic list.
///
/// The loss of the organic item that falls off the end, and of all that move down, is in the gain; the organic
/// items themselves are then worth 0. Gains of several inserts do not add up exactly.
struct EvaluatorValues {
  let evaluators: EvaluatorEnsemble
  let objectives: ObjectiveSet
  let weights: [Float]
  let request: MixedRequest

  /// - Returns: as `SurroundingValues.values`.
  func values(_ batch: RequestBatch) -> (organic: [[Double]], inserts: [[[Double]]]) {
    let n = request.length
    let base = request.baseline
    var lists = [base]
    for candidate in request.inserts.joined() {
      for slot in 0..<n {
        var list = base
        list.insert(candidate, at: min(slot, list.count))
        lists.append(Array(list.prefix(n)))
      }
    }
    var rewards = self.rewards(of: lists, batch)[...]
    let without = rewards.removeFirst()
    let inserts = request.inserts.map { queue in
      queue.map { _ in
        defer { rewards = rewards.dropFirst(n) }
        return rewards.prefix(n).map { $0 - without }
      }
    }
    return (
      request.organic.map { _ in [Double](repeating: 0, count: n) }, inserts
    )
  }

  /// R_w of whole lists of the request, pessimism included.
  func rewards(of lists: [[Int]], _ batch: RequestBatch) -> [Double] {
    let predictions = evaluators.predict(
      batch, ListBatch(requests: lists.map { _ in request.number }, lists: lists),
      feedback: objectives.feedback)
    return zip(lists, predictions).map { list, prediction in
      let utilities = objectives.utilities(
        of: list, columns: request.columns, predictions: prediction)
      return Double(objectives.reward(utilities, weights: weights))
    }
  }
}
