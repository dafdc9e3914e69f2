import Foundation
import RandomStreams

/// What an item is; a function of the world's configuration and the item's number.
struct FeedItem: Sendable {
  let kind: FeedKind
  let shop: Int
  let category: Int
  let topic: SIMD8<Float>
  /// Standard normal.
  let quality: Double
  /// log(price / median price of the category) in standard deviations; 0 for other kinds.
  let dearness: Double
  /// Price, video seconds or viewers, by kind.
  let size: Double
  /// Share taken off the price, 0 for most.
  let discount: Double
  /// Group priority that operations gave it, 0..4, most often low.
  let priority: Int
  /// Days into the lifetime at which it is launched.
  let launch: Double
  /// Relative chance to be retrieved as popular.
  let popularity: Double
  /// Lasting error of the upstream score, standard normal.
  let scoreError: Double

  init(number: Int, configuration: FeedWorldConfiguration, market: FeedMarket) {
    var stream = RandomStream(
      seed: configuration.seed, "feed.item", request: UInt64(number))
    shop = market.shop(at: stream.uniform())
    // Most of what a shop sells is of its own category.
    category =
      stream.uniform() < 0.85
      ? market.home(of: shop) : stream.below(configuration.categories)
    // Squares of the three parts sum to 1, so that topics vary as widely as tastes.
    topic =
      0.7 * market.categoryTopics[category] + 0.4 * market.shopTopics[shop]
      + 0.592 * topicDraw(&stream)
    quality = stream.normal()
    kind = FeedKind.drawn(from: stream.uniform())
    let spread = stream.normal()
    dearness = kind == .product ? spread : 0
    size =
      switch kind {
      case .product: exp(market.logPrices[category] + 0.6 * spread)
      case .video: exp(log(60) + 0.8 * spread)
      case .live: exp(log(300) + 1.2 * spread + 0.4 * quality)
      }
    discount = stream.uniform() < 0.3 ? Double(1 + stream.below(10)) * 0.05 : 0
    let draw = stream.uniform()
    priority = draw < 0.4 ? 0 : draw < 0.65 ? 1 : draw < 0.8 ? 2 : draw < 0.92 ? 3 : 4
    let place = Double(number) + stream.uniform()
    launch = place / Double(configuration.items) * configuration.lifetimeDays
    popularity = exp(0.8 * stream.normal() + 0.4 * quality)
    scoreError = stream.normal()
  }

  /// Days since the item was last launched, in 0..<lifetime.
  func age(at time: Double, lifetime: Double) -> Double {
    let since = (time / 86400 - launch).truncatingRemainder(dividingBy: lifetime)
    return since < 0 ? since + lifetime : since
  }
}
