/// A list that a policy wrote, with how likely each pick was.
package struct DecodedList: Sendable, Equatable {
  /// Candidate indices from the top down.
  package var items: [Int]
  /// Log-probability of each pick among what the masks allowed; empty where the policy is no law
  /// that lists can be drawn from.
  package var logProbabilities: [Float]

  package init(items: [Int], logProbabilities: [Float] = []) {
    self.items = items
    self.logProbabilities = logProbabilities
  }
}
