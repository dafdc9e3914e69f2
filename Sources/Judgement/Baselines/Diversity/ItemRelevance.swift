import Objectives
import PointwiseModel

/// What one item of a list is worth by itself: `sum_i w_i v_i / s_i`, over the objectives in which
/// a single item has a value.
///
/// v is what the item adds to a list of n: its prediction, or a rule's `itemValues` divided by n.
/// Rules without item values, which only a list as a whole can meet, do not count.
struct ItemRelevance: Sendable {
  private enum Term: Sendable {
    case predicted(kind: Int)
    case rule(any RuleUtility, column: Int)
  }

  private let terms: [Term]
  private let scales: [Float]

  init(_ objectives: ObjectiveSet, feedback: [String]) {
    let columns = objectives.columns
    terms = objectives.objectives.map { objective in
      switch objective.definition {
      case .predicted(let kind, _):
        guard let place = feedback.firstIndex(of: kind) else {
          preconditionFailure("objective \(objective.name) needs \(kind), predicted: \(feedback)")
        }
        return .predicted(kind: place)
      case .rule(let definition):
        let rule = definition.utility
        guard let column = columns.firstIndex(of: rule.column) else {
          preconditionFailure("\(columns) lack the column of \(objective.name)")
        }
        return .rule(rule, column: column)
      }
    }
    scales = objectives.objectives.map(\.scale)
  }

  /// `[M]`, for lists of `length`.
  func values(
    candidates: Int, length: Int, columns: [[Float]], predictions: [[Float]], weights: [Float]
  ) -> [Float] {
    precondition(weights.count == terms.count, "\(weights.count) weights for \(terms.count)")
    var sum = [Float](repeating: 0, count: candidates)
    for (i, term) in terms.enumerated() where weights[i] != 0 {
      let weight = weights[i] / scales[i]
      let perItem = weight / Float(max(1, length))
      switch term {
      case .predicted(let kind):
        for c in sum.indices { sum[c] += weight * predictions[kind][c] }
      case .rule(let rule, let column):
        guard let values = rule.itemValues(columns[column]) else { continue }
        for c in sum.indices { sum[c] += perItem * values[c] }
      }
    }
    return sum
  }
}
