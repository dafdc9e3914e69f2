/// Raw utilities of a generated and a logged list of one request, [k] each, in one judge's eyes.
public struct EvaluatedLists: Sendable, Equatable {
  public var generated: [Double]
  public var logged: [Double]

  public init(generated: [Double], logged: [Double]) {
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
