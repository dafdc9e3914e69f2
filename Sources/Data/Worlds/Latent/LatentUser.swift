import Foundation
import RandomStreams
import Sessions

/// Who a user is; a function of the world's configuration and the user's number.
struct LatentUser: Sendable {
  /// Hidden, of length 1: one centre, less of a second, and something of their own: `[d]`.
  let preference: [Double]
  /// log of the price they like to pay.
  let logBudget: Double

  init(number: Int, configuration: LatentWorldConfiguration, space: LatentSpace) {
    var stream = RandomStream(
      seed: configuration.seed, "latent.user", request: UInt64(number))
    let first = space.centres[stream.below(space.centres.count)]
    let second = space.centres[stream.below(space.centres.count)]
    let own = normals(configuration.dimensions, &stream)
    preference = unitVector(
      own.indices.map { first[$0] + 0.7 * second[$0] + 0.3 * own[$0] })
    logBudget = LatentItem.medianLogPrice + 0.5 * stream.normal()
  }

  /// What a log shows of the user: the rotated preference, and what they spent on average.
  func features(
    number: Int, configuration: LatentWorldConfiguration, space: LatentSpace
  ) -> FeatureMap {
    var stream = RandomStream(
      seed: configuration.seed, "latent.user.features", request: UInt64(number))
    let spend = exp(logBudget + 0.2 * stream.normal())
    var features: FeatureMap = ["spend": .number(rounded(spend, 100))]
    for (d, number) in rotated(preference, by: space.userRotation).enumerated() {
      let seen = number + configuration.featureNoise * stream.normal()
      features["y\(d)"] = .number(rounded(seen, 1000))
    }
    return features
  }
}
