import Objectives

/// Which part of a list's reward is credited to each of its picks.
///
/// Rule increments count from the pick on: those above it do not depend on it, so leaving them out
/// changes no expectation and takes noise away. Predicted feedback counts from the slot directly
/// above on, since a neighbour below moves it too; what lies further above a pick can only move
/// through an evaluator's habits. Slots below count less the farther they are, by `creditDecay`
/// per position: a pick moves them only through repetition and through no longer being there.
struct Credit {
  let objectives: ObjectiveSet
  let settings: GeneratorTraining

  /// Return of each step of a list, `[n]`.
  ///
  /// - Parameters:
  ///   - reward: of the whole list.
  ///   - predictions: `[feedback][slot]`
  func returns(
    of list: [Int], reward: Float, predictions: [[Float]], columns: [[Float]], weights: [Float]
  ) -> [Float] {
    guard settings.rewardToGo else { return [Float](repeating: reward, count: list.count) }
    let rules = onward(
      objectives.ruleIncrements(of: list, columns: columns, weights: weights), decay: 1)
    let slots = objectives.predictedIncrements(
      of: list, predictions: predictions, weights: weights)
    guard let decay = settings.creditDecay else {
      let predicted = slots.reduce(0, +)
      return rules.map { $0 + predicted }
    }
    let below = onward(slots, decay: decay)
    return list.indices.map { t in
      rules[t] + below[t] + (t > 0 ? slots[t - 1] : 0)
    }
  }

  /// `sum_{s >= t} decay^(s - t) values_s` for each t.
  private func onward(_ values: [Float], decay: Float) -> [Float] {
    var result = values
    for t in values.indices.dropLast().reversed() { result[t] += decay * result[t + 1] }
    return result
  }
}
