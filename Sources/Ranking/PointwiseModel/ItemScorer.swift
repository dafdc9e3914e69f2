package import Features

/// Predicts for every candidate by itself what it would earn; what a list makes of it is left to
/// whoever writes the list.
package protocol ItemScorer: Sendable {
  /// Feedback kinds that are predicted, in the order of the values.
  var feedback: [String] { get }

  /// `[request][feedback][M]`: probabilities, or numbers in their raw unit.
  func values(_ batch: RequestBatch) -> [[[Float]]]
}
