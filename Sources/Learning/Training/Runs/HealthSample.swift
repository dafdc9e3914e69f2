/// What a training step shows of its health.
package struct HealthSample: Equatable, Sendable {
  /// Mean reward of the step's lists.
  package var reward: Double
  /// Mean entropy of the policy per placed item, in nats.
  package var entropy: Double
  /// Global norm of the gradient before clipping.
  package var gradientNorm: Double
  /// Share of requests, 0...1, whose list beats the logged one.
  package var shareBetter: Double

  package init(reward: Double, entropy: Double, gradientNorm: Double, shareBetter: Double) {
    self.reward = reward
    self.entropy = entropy
    self.gradientNorm = gradientNorm
    self.shareBetter = shareBetter
  }
}
