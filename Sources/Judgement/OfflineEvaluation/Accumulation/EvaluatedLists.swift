/// Raw utilities of a generated and a logged list of one request, [k] each, in one judge's eyes.
package struct EvaluatedLists: Sendable, Equatable {
  package var generated: [Double]
  package var logged: [Double]

  package init(generated: [Double], logged: [Double]) {
    self.generated = generated
    self.logged = logged
  }
}

/// Whose eyes lists are seen with.
package enum Viewpoint: Int, CaseIterable, Sendable {
  /// The evaluators that the generator was trained against.
  case evaluators
  case judge
  /// The world's own law.
  case truth
}
