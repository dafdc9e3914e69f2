import EvaluationReport
import Objectives

extension Objective {
  /// How a reader thinks of the utility; only utilities that lie between 0 and 1 by definition are
  /// shares.
  var utilityKind: UtilityKind {
    switch definition {
    case .predicted(_, let aggregation): aggregation == .any ? .share : .amount
    case .rule(let rule): type(of: rule.utility).isShare ? .share : .amount
    }
  }
}
