/// What a training step shows of its health.
public struct HealthSample: Equatable, Sendable {
  /// Mean reward of the step's lists.
  public var reward: Double
  /// Mean entropy of the policy per placed item, in nats.
  public var entropy: Double
  /// Global norm of the gradient before clipping.
  public var gradientNorm: Double
  /// Share of requests, 0...1, whose list beats the logged one.
  public var shareBetter: Double

  public init(reward: Double, entropy: Double, gradientNorm: Double, shareBetter: Double) {
    self.reward = reward
    self.entropy = entropy
    self.gradientNorm = gradientNorm
    self.shareBetter = shareBetter
  }
}
