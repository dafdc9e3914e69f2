import Objectives
import PointwiseModel

/// What one item of a list is worth by itself: `sum_i w_i v_i / s_i`, over the objectives in which
/// a single item has a value.
///
/// v is what the item adds to a list of n: its prediction; flag / n of a share; flag / (n target)
/// of a quota; number / n of a mean or a discounted mean; for an order its place between the lowest
/// and the highest priority of the candidates, 0...1, divided by n. `distinct` has none.
struct ItemRelevance: Sendable {
  private enum Term: Sendable {
    case predicted(kind: Int)
    /// A column times a factor.
    case number(column: Int, factor: Float)
    case standing(column: Int)
    case none
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
        guard let column = columns.firstIndex(of: definition.utility.column) else {
          preconditionFailure("\(columns) lack the column of \(objective.name)")
        }
        switch definition {
        case .share, .mean, .discounted: return .number(column: column, factor: 1)
        case .quota(_, let target): return .number(column: column, factor: 1 / target)
        case .order: return .standing(column: column)
        case .distinct: return .none
        }
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
      case .number(let column, let factor):
        for c in sum.indices { sum[c] += perItem * factor * columns[column][c] }
      case .standing(let column):
        let standing = columns[column].withinRange
        for c in sum.indices { sum[c] += perItem * standing[c] }
      case .none: break
      }
    }
    return sum
  }
}

extension [Float] {
  /// From 0 for the lowest to 1 for the highest; all 0 without a spread.
  var withinRange: [Float] {
    guard let lowest = self.min(), let highest = self.max(), highest > lowest else {
      return map { _ in 0 }
    }
    return map { ($0 - lowest) / (highest - lowest) }
  }
}
