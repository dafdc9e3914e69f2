import Features
import ListPolicy
import ListSearch
package import Objectives

/// What the objectives make of a list that is written place by place: for each of them the factor by which
/// what is predicted in the next place counts.
package struct SteeredBeam {
  /// Of each objective its rule or the place of its head, as `ScreenRanker.feedback` has them.
  private let terms: [Term]

  private enum Term {
    case rule(any RuleUtility, column: Int, factor: Float)
    case predicted(head: Int, SlotSum, factor: Float)
    case none
  }

  package init(_ objectives: ObjectiveSet, weights: [Float], feedback: [String]) {
    let columns = objectives.columns
    func place(_ kind: String) -> Int {
      guard let place = feedback.firstIndex(of: kind) else {
        preconditionFailure("the objectives need \(kind), predicted: \(feedback)")
      }
      return place
    }
    terms = zip(objectives.objectives, weights).map { objective, weight in
      let factor = weight / objective.scale
      guard factor != 0 else { return .none }
      switch objective.definition {
      case .rule(let definition):
        let rule = definition.utility
        guard let column = columns.firstIndex(of: rule.column) else {
          preconditionFailure("\(columns) lack the column of \(objective.name)")
        }
        return .rule(rule, column: column, factor: factor)
      case .predicted(let kind, let aggregation):
        return .predicted(head: place(kind), SlotSum(aggregation, place: place), factor: factor)
      }
    }
  }

  /// Factors of an empty list.
  package var start: [Float] { terms.map { _ in 1 } }

  /// What each of the candidates adds to the reward behind `placed`.
  ///
  /// - Parameters:
  ///   - predictions: `[candidate][head]`.
  ///   - factors: of the list so far.
  package func gains(
    _ candidates: [Int], predictions: [[Float]], after placed: [Int], factors: [Float],
    length: Int, columns: [[Float]]
  ) -> [Double] {
    zip(candidates, predictions).map { candidate, predicted in
      var sum: Float = 0
      for (place, term) in terms.enumerated() {
        switch term {
        case .none: break
        case .rule(let rule, let column, let factor):
          sum +=
            factor
            * rule.increment(
              placing: candidate, after: placed, length: length, column: columns[column])
        case .predicted(let head, _, let factor):
          sum += factor * factors[place] * predicted[head]
        }
      }
      return Double(sum)
    }
  }

  /// Factors behind one more item.
  package func advanced(_ factors: [Float], by predicted: [Float]) -> [Float] {
    zip(terms, factors).map { term, factor in
      guard case .predicted(let head, let sum, _) = term else { return factor }
      return factor * sum.factor(of: head) { predicted[$0] }
    }
  }
}
