import Foundation
import RandomStreams

/// Categories and shops of a world.
struct FeedMarket: Sendable {
  let categoryTopics: [SIMD8<Float>]
  /// log of the median price.
  let logPrices: [Double]
  let shopTopics: [SIMD8<Float>]
  private let shopChances: CumulativeChances

  init(_ configuration: FeedWorldConfiguration) {
    let seed = configuration.seed
    var topics: [SIMD8<Float>] = []
    var prices: [Double] = []
    for category in 0..<configuration.categories {
      var stream = RandomStream(seed: seed, "feed.category", request: UInt64(category))
      topics.append(topicDraw(&stream))
      prices.append(3.2 + 0.7 * stream.normal())
    }
    categoryTopics = topics
    logPrices = prices
    shopTopics = (0..<configuration.shops).map { shop in
      var stream = RandomStream(seed: seed, "feed.shop", request: UInt64(shop))
      return topicDraw(&stream)
    }
    // Within a category the second shop has half the items of the first, the third a third.
    shopChances = CumulativeChances(
      (0..<configuration.shops).map { 1 / Double(1 + $0 / configuration.categories) })
  }

  func home(of shop: Int) -> Int { shop % categoryTopics.count }

  func shop(at uniform: Double) -> Int { shopChances.pick(uniform) }
}

/// Draws from fixed chances in logarithmic time.
struct CumulativeChances: Sendable {
  private let sums: [Double]

  init(_ weights: [Double]) {
    var sum = 0.0
    sums = weights.map {
      sum += $0
      return sum
    }
  }

  /// The index whose stretch of the weights holds the uniform number in 0..<1.
  func pick(_ uniform: Double) -> Int {
    let target = uniform * (sums.last ?? 0)
    var low = 0
    var high = max(sums.count - 1, 0)
    while low < high {
      let middle = (low + high) / 2
      if sums[middle] <= target { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
