/// A kind of feedback that a world's users give, and how trackers log it.
package struct FeedbackKind: Sendable {
  package let name: String
  /// Whether its event carries the amount; otherwise it counts 1.
  let isMeasured: Bool
  /// Seconds from the click, where there can be one, to the event, by the amount.
  let delay: @Sendable (Float) -> Double

  init(
    _ name: String, isMeasured: Bool = false, delay: @escaping @Sendable (Float) -> Double
  ) {
    self.name = name
    self.isMeasured = isMeasured
    self.delay = delay
  }

  /// What the others follow.
  static let click = FeedbackKind("click") { _ in 0 }
}
