/// A list that a policy wrote, with how likely each pick was.
public struct DecodedList: Sendable, Equatable {
  /// Candidate indices from the top down.
  public var items: [Int]
  /// Log-probability of each pick among what the masks allowed; empty where the policy is no law
  /// that lists can be drawn from.
  public var logProbabilities: [Float]

  public init(items: [Int], logProbabilities: [Float] = []) {
    self.items = items
    self.logProbabilities = logProbabilities
  }
}
