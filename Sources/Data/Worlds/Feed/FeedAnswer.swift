import Foundation

/// How one user answers one item, apart from the list around it.
struct FeedAnswer {
  /// Log-odds of a click alone on top of a list.
  let appeal: Double
  /// Chance of a like once clicked.
  let like: Double
  /// Expected seconds once clicked.
  let dwell: Double

  /// Standard deviation of log seconds.
  static let dwellSpread = 0.7

  init(user: FeedUser, item: FeedItem, hour: Int?, device: String?, law: FeedWorldConfiguration) {
    let match = tasteMatch(user.taste, item.topic)
    let expense = item.dearness * user.priceSensitivity
    appeal =
      law.base + user.activity + law.tasteWeight * match + law.qualityWeight * item.quality
      - law.priceWeight * expense + item.kind.appeal(hour: hour, device: device)
      + user.leaning(to: item.kind)
    // Taste and quality work together: a good item of a loved topic is liked.
    let liking =
      -2.5 + 0.3 * match + 0.4 * item.quality + 0.25 * match * item.quality - 0.5 * expense
      + item.kind.likeability
    like = 1 / (1 + exp(-liking))
    // The mean of a log-normal is above its median.
    dwell = exp(
      FeedAnswer.logDwell(item, match: match)
        + FeedAnswer.dwellSpread * FeedAnswer.dwellSpread / 2)
  }

  /// log of the median seconds: a video is seen in part, products are looked at, streams watched.
  private static func logDwell(_ item: FeedItem, match: Double) -> Double {
    switch item.kind {
    case .product: log(15) + 0.2 * match
    case .video: log(0.4 * item.size) + 0.25 * match
    case .live: log(60) + 0.3 * match
    }
  }
}
