package import ListPolicy

/// The best lists of a policy, whatever its family.
package struct PolicyLists: ListMethod {
  package let policy: any ListPolicy
  /// What the policy has prepared for the weights that will be asked for.
  private let prepared: [[Float]: PreparedWeights]

  /// - Parameter weights: those that will be asked for; others work too, at the cost of preparing
  ///   them at every call.
  package init(_ policy: any ListPolicy, weights: [[Float]]) {
    self.policy = policy
    prepared = Dictionary(weights.map { ($0, policy.prepare($0)) }) { first, _ in first }
  }

  package func lists(for requests: MethodRequests, weights: [Float]) -> [[Int]] {
    let own = prepared[weights] ?? policy.prepare(weights)
    return policy.lists(
      requests.batch, weights: requests.lengths.map { _ in own }, lengths: requests.lengths,
      constraints: nil
    ).map(\.items)
  }
}
