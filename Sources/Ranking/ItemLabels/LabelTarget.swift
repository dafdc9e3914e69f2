package import Objectives

/// A binary feedback kind that labels items, and the weights at which a policy is to care for it
/// alone.
package struct LabelTarget: Sendable, Equatable {
  package let kind: String
  /// Name of the objective that has all the weight.
  package let objective: String
  /// w, in the order of the objectives.
  package let weights: [Float]

  package init(kind: String, objective: String, weights: [Float]) {
    self.kind = kind
    self.objective = objective
    self.weights = weights
  }

  /// One for each kind in `binary` that objectives predict, at the first objective that does.
  package static func all(_ objectives: ObjectiveSet, binary: [String]) -> [LabelTarget] {
    var targets: [LabelTarget] = []
    for (place, objective) in objectives.objectives.enumerated() {
      guard case .predicted(let kind, _) = objective.definition, binary.contains(kind),
        !targets.contains(where: { $0.kind == kind })
      else { continue }
      targets.append(
        LabelTarget(
          kind: kind, objective: objective.name,
          weights: objectives.objectives.indices.map { $0 == place ? 1 : 0 }))
    }
    return targets
  }
}
