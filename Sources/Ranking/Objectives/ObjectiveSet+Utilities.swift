import Sessions

extension ObjectiveSet {
  /// U of one list, in raw units: `[k]`.
  ///
  /// - Parameters:
  ///   - list: candidate indices from the top down.
  ///   - columns: `[C][M]` in the order of `columns`; those of a policy may stand behind them.
  ///   - predictions: `[feedback.count][slots]` in the order of `feedback`: chance or expected
  ///     number per slot. Slots beyond the list are ignored, missing slots count 0.
  package func utilities(
    of list: [Int], columns: [[Float]], predictions: [[Float]]
  ) -> [Float] {
    checkColumns(columns)
    precondition(
      predictions.count == feedback.count,
      "predictions for \(feedback) expected, got \(predictions.count) arrays")
    return terms.map { term in
      switch term {
      case .rule(let rule, let column, _): rule.value(of: list, column: columns[column])
      case .predicted(let head, let aggregation):
        aggregation.value(of: head, predictions: predictions, count: list.count)
      }
    }
  }

  /// Reward of each step of a list that the rules alone give: `[n]`, `sum_i w_i dU_i / s_i`.
  ///
  /// For reward-to-go. Sums to the reward of the list without its predicted objectives, which
  /// have no step of their own and count 0 here.
  package func ruleIncrements(of list: [Int], columns: [[Float]], weights: [Float]) -> [Float] {
    checkColumns(columns)
    checkWeights(weights)
    var increments = [Float](repeating: 0, count: list.count)
    var placed: [Int] = []
    placed.reserveCapacity(list.count)
    for (step, candidate) in list.enumerated() {
      for (i, term) in terms.enumerated() where weights[i] != 0 {
        guard case .rule(let rule, let column, _) = term else { continue }
        let gain = rule.increment(
          placing: candidate, after: placed, length: list.count, column: columns[column])
        increments[step] += weights[i] * gain / objectives[i].scale
      }
      placed.append(candidate)
    }
    return increments
  }

  /// Reward of each slot of a list that the predictions alone give: `[n]`, `sum_i w_i dU_i / s_i`.
  ///
  /// Sums to the reward of the list without its rules. Of `any`, a slot gets the chance that its
  /// feedback is the first of the list.
  package func predictedIncrements(
    of list: [Int], predictions: [[Float]], weights: [Float]
  ) -> [Float] {
    checkWeights(weights)
    var increments = [Float](repeating: 0, count: list.count)
    for (i, term) in terms.enumerated() where weights[i] != 0 {
      guard case .predicted(let head, let aggregation) = term else { continue }
      let gains = aggregation.increments(
        of: head, predictions: predictions, count: list.count)
      for (slot, gain) in gains.enumerated() {
        increments[slot] += weights[i] * gain / objectives[i].scale
      }
    }
    return increments
  }

  /// `R = sum_i w_i U_i / s_i`.
  package func reward(_ utilities: [Float], weights: [Float]) -> Float {
    checkWeights(weights)
    precondition(utilities.count == count, "\(count) utilities expected, got \(utilities.count)")
    var sum: Float = 0
    for i in utilities.indices { sum += weights[i] * utilities[i] / objectives[i].scale }
    return sum
  }

  /// Writes `localWidth` numbers for every candidate i in `0..<M` at `out[base + i * stride]`: the
  /// local context of all rules, in the order of the objectives.
  package func writeLocalContext(
    after placed: [Int], length: Int, columns: [[Float]], into out: inout [Float], base: Int,
    stride: Int
  ) {
    checkColumns(columns)
    precondition(stride >= localWidth, "stride \(stride) is below the width \(localWidth)")
    for term in terms {
      guard case .rule(let rule, let column, let offset) = term else { continue }
      rule.writeLocalContext(
        after: placed, length: length, column: columns[column], into: &out, base: base + offset,
        stride: stride)
    }
  }

  private func checkColumns(_ given: [[Float]]) {
    precondition(
      given.count >= columns.count,
      "columns \(columns.map(\.feature)) expected, got \(given.count) arrays")
  }

  private func checkWeights(_ weights: [Float]) {
    precondition(weights.count == count, "\(count) weights expected, got \(weights.count)")
  }
}
