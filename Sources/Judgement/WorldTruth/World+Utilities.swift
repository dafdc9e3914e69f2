package import Objectives
package import Sessions
package import Worlds

extension World {
  /// True expected utilities `[k]`, raw units: what an evaluator's predictions estimate.
  ///
  /// - Precondition: predicted objectives use the kinds in `feedback`.
  package func utilities(
    _ objectives: ObjectiveSet, of list: [Int], for request: Request
  ) -> [Float] {
    let expected = expectedFeedback(for: request, list: list)
    let predictions = objectives.feedback.map { kind in
      guard let slots = expected[kind] else {
        preconditionFailure("the world \(Self.name) has feedback \(Self.feedback), not \(kind)")
      }
      return slots
    }
    return objectives.utilities(
      of: list, columns: objectives.columns.map { $0.values(of: request.candidates) },
      predictions: predictions)
  }
}
