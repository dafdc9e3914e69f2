import Foundation
import RandomStreams
import Sessions

extension FeedItem {
  /// What a log shows of the item, whenever and to whomever it is shown.
  ///
  /// The three that change (`age_days`, `is_cold`, `score`) have their place reserved.
  func features(number: Int, configuration: FeedWorldConfiguration) -> FeatureMap {
    var stream = RandomStream(
      seed: configuration.seed, "feed.item.features", request: UInt64(number))
    var features: FeatureMap = [
      "kind": .text(kind.name), "shop": .text("s\(shop)"), "category": .text("k\(category)"),
      "priority": .number(Double(priority)), "age_days": .number(0), "is_cold": .flag(false),
      "score": .number(0),
    ]
    let rating = 3.6 + 0.6 * quality + 0.3 * stream.normal()
    features["rating"] = .number(rounded(min(max(rating, 1), 5), 10))
    for d in 0..<observedTopics {
      let seen = Double(topic[d]) + configuration.contentNoise * stream.normal()
      features["c\(d)"] = .number(rounded(seen, 1000))
    }
    switch kind {
    case .product:
      features["price"] = .number(rounded(size, 100))
      features["discount"] = .number(rounded(discount, 100))
    case .video: features["duration"] = .number(size.rounded(.up))
    case .live: features["viewers"] = .number(size.rounded(.up))
    }
    return features
  }
}

extension FeedUser {
  /// What a log shows of the user.
  func features(
    number: Int, configuration: FeedWorldConfiguration, market: FeedMarket
  ) -> FeatureMap {
    var stream = RandomStream(
      seed: configuration.seed, "feed.user.features", request: UInt64(number))
    var features: FeatureMap = ["age_group": .text(FeedUser.ageGroups[ageGroup])]
    for d in 0..<observedTopics {
      let seen = Double(taste[d]) + configuration.contentNoise * stream.normal()
      features["t\(d)"] = .number(rounded(seen, 1000))
    }
    // The category that pleases most names the segment; it tells of the unobserved tastes too.
    let matches = market.categoryTopics.map { tasteMatch(taste, $0) }
    let best = matches.indices.max { matches[$0] < matches[$1] } ?? 0
    features["segment"] = .text("g\(best)")
    return features
  }
}
