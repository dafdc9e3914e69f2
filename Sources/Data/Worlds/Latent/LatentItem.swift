import Foundation
import RandomStreams
import Sessions

/// What an item is; a function of the world's configuration and the item's number.
struct LatentItem: Sendable {
  /// Hidden, of length 1: `[d]`.
  let vector: [Double]
  /// Standard normal.
  let quality: Double
  let logPrice: Double
  let isNew: Bool
  let shop: Int
  /// Lasting error of the upstream score, standard normal.
  let scoreError: Double

  /// log of the median price.
  static let medianLogPrice = 3.0
  /// Share of the items that come from a shop of their centre.
  private static let homeShare = 0.25

  init(number: Int, configuration: LatentWorldConfiguration, space: LatentSpace) {
    var stream = RandomStream(
      seed: configuration.seed, "latent.item", request: UInt64(number))
    let centre = stream.below(space.centres.count)
    let around = normals(configuration.dimensions, &stream)
    vector = unitVector(
      zip(space.centres[centre], around).map { $0 + configuration.centreSpread * $1 })
    quality = stream.normal()
    // What is good is dear.
    logPrice = Self.medianLogPrice + 0.6 * stream.normal() + 0.25 * quality
    isNew = stream.uniform() < configuration.newShare
    let isAtHome = stream.uniform() < Self.homeShare
    let homes = max(1, configuration.shops / space.centres.count)
    shop =
      isAtHome
      ? (centre + space.centres.count * stream.below(homes)) % configuration.shops
      : stream.below(configuration.shops)
    scoreError = stream.normal()
  }

  /// What a log shows of the item, whenever and to whomever it is shown; the place of `score` is
  /// reserved.
  func features(
    number: Int, configuration: LatentWorldConfiguration, space: LatentSpace
  ) -> FeatureMap {
    var stream = RandomStream(
      seed: configuration.seed, "latent.item.features", request: UInt64(number))
    var features: FeatureMap = [
      "shop": .text("s\(shop)"), "is_new": .flag(isNew), "score": .number(0),
      "price": .number(rounded(exp(logPrice), 100)),
    ]
    features["quality_seen"] = .number(rounded(quality + 0.5 * stream.normal(), 1000))
    for (d, number) in rotated(vector, by: space.itemRotation).enumerated() {
      let seen = number + configuration.featureNoise * stream.normal()
      features["x\(d)"] = .number(rounded(seen, 1000))
    }
    return features
  }
}
