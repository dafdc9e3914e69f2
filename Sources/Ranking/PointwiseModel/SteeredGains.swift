package import Objectives

/// What placing a candidate next adds to `sum_i w_i U_i / s_i`, as far as values of single items
/// can tell it.
///
/// A rule objective adds its exact increment. A predicted one adds the item's own value p to a sum,
/// `p prod_j (1 - p_j)` over the placed items j to a chance of at least one, and `p prod_j next_j` where
/// users leave on their way down.
package struct SteeredGains: Sendable {
  private enum Term: Sendable {
    case rule(any RuleUtility, column: Int)
    case predicted(kind: Int, SlotSum)
  }

  private let terms: [Term]
  private let scales: [Float]

  /// - Parameter feedback: kinds that the item values are for; holds all that the objectives need.
  package init(_ objectives: ObjectiveSet, feedback: [String]) {
    let columns = objectives.columns
    terms = objectives.objectives.map { objective in
      switch objective.definition {
      case .rule(let definition):
        let rule = definition.utility
        guard let column = columns.firstIndex(of: rule.column) else {
          preconditionFailure("\(columns) lack the column of \(objective.name)")
        }
        return .rule(rule, column: column)
      case .predicted(let kind, let aggregation):
        func place(_ kind: String) -> Int {
          guard let place = feedback.firstIndex(of: kind) else {
            preconditionFailure("objective \(objective.name) needs \(kind), predicted: \(feedback)")
          }
          return place
        }
        return .predicted(kind: place(kind), SlotSum(aggregation, place: place))
      }
    }
    scales = objectives.objectives.map(\.scale)
  }

  /// - Parameters:
  ///   - columns: `[C][M]`, the objectives' raw columns.
  ///   - values: `[feedback][M]`.
  package func gain(
    of candidate: Int, after placed: [Int], length: Int, columns: [[Float]], values: [[Float]],
    weights: [Float]
  ) -> Float {
    var sum = ruleGain(
      of: candidate, after: placed, length: length, columns: columns, weights: weights)
    for (i, term) in terms.enumerated() where weights[i] != 0 {
      guard case .predicted(let kind, let aggregation) = term else { continue }
      var value = values[kind][candidate]
      if aggregation != .sum {
        for above in placed { value *= aggregation.factor(of: kind) { values[$0][above] } }
      }
      sum += weights[i] * value / scales[i]
    }
    return sum
  }

  /// The same of the rule objectives alone.
  package func ruleGain(
    of candidate: Int, after placed: [Int], length: Int, columns: [[Float]], weights: [Float]
  ) -> Float {
    precondition(weights.count == terms.count, "\(weights.count) weights for \(terms.count)")
    var sum: Float = 0
    for (i, term) in terms.enumerated() where weights[i] != 0 {
      guard case .rule(let rule, let column) = term else { continue }
      let increment = rule.increment(
        placing: candidate, after: placed, length: length, column: columns[column])
      sum += weights[i] * increment / scales[i]
    }
    return sum
  }

  /// Total weight of the predicted objectives.
  package func predictedShare(_ weights: [Float]) -> Float {
    zip(terms, weights).reduce(0) { sum, pair in
      guard case .predicted = pair.0 else { return sum }
      return sum + pair.1
    }
  }
}
