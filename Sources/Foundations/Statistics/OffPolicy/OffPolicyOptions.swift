/// How an off-policy estimate is made and when it is refused.
package struct OffPolicyOptions: Codable, Sendable, Equatable {
  /// What the intervals claim to cover, in 0...1.
  package var level = 0.95
  /// Draws of the bootstrap.
  package var samples = 1000
  /// Weights above are cut down to this; nil leaves them. Clipping buys variance with bias: rewards
  /// of the lists that the target policy likes most are counted too low.
  package var maximumWeight: Double?
  /// Refused below so many effective lists (Kish), before clipping. Below about 30 neither interval
  /// deserves its level.
  package var minimumEffectiveSlates = 30.0
  /// Refused when a mean weight is more than so many standard errors from 1.
  package var meanWeightLimit = 5.0

  /// Intervals are refused when the mean weight is further than this from 1: then a few large weights
  /// that the log happens not to hold decide, and no interval from the others knows of them.
  package var meanWeightForIntervals = 0.2

  /// Distance of the mean weight from 1 that never counts: propensities are logged in Float.
  static let meanWeightSlack = 1e-3

  package init() {}
}
