import Foundation
import RandomStreams

/// What moves a user; a function of the world's seed and the user's number.
struct FeedUser: Sendable {
  /// Standard normal in the first four numbers, which are observed with noise; half as wide in
  /// the rest, which are not.
  var taste: SIMD8<Float>
  /// Above 0, 1 at the median.
  let priceSensitivity: Double
  /// Log-odds added to every click.
  let activity: Double
  /// 0 youngest ..< `ageGroups.count`.
  let ageGroup: Int

  static let ageGroups = ["18-24", "25-34", "35-49", "50-64", "65+"]

  init(seed: UInt64, number: Int) {
    var stream = RandomStream(seed: seed, "feed.user", request: UInt64(number))
    taste = topicDraw(&stream)
    priceSensitivity = exp(0.5 * stream.normal())
    activity = 0.3 * stream.normal()
    ageGroup = stream.below(FeedUser.ageGroups.count)
  }

  /// Log-odds of a click that the kind has with this user: video with the young, products with
  /// the old.
  func leaning(to kind: FeedKind) -> Double {
    let age = Double(ageGroup) / Double(FeedUser.ageGroups.count - 1)
    return switch kind {
    case .product: 0.3 * (age - 0.5)
    case .video: 0.5 * (0.5 - age)
    case .live: 0
    }
  }
}

/// Number of topic dimensions that features show, with noise.
let observedTopics = 4

/// Standard normal times the width of each topic dimension.
func topicDraw(_ stream: inout RandomStream) -> SIMD8<Float> {
  var draw = SIMD8<Float>()
  for d in 0..<8 { draw[d] = Float(stream.normal()) * (d < observedTopics ? 1 : 0.5) }
  return draw
}

/// How an item's topic meets a taste; variance 1 over independent draws of both.
func tasteMatch(_ taste: SIMD8<Float>, _ topic: SIMD8<Float>) -> Double {
  // Four products of variance 1 and four of variance 1/16.
  Double((taste * topic).sum()) / 4.25.squareRoot()
}
