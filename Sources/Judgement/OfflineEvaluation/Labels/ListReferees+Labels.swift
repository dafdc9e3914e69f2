import EvaluatorModel
package import ItemLabels
import Objectives

extension ListReferees {
  /// What labels can tell about a policy of these objectives.
  package var labelTargets: [LabelTarget] {
    LabelTarget.all(
      objectives, binary: evaluators.heads.filter { $0.kind == .binary }.map(\.feedback))
  }
}
