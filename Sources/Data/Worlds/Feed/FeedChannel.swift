import RandomStreams
import Sessions

/// Where an insert of a mixed feed comes from. Everything else is a product in the order of its score.
enum FeedChannel: Int, CaseIterable, Sendable {
  case ad, video, live

  /// The feature that flags an item of the channel.
  var flag: String {
    switch self {
    case .ad: "is_ad"
    case .video: "is_video"
    case .live: "is_live"
    }
  }

  /// The kind of its items.
  var kind: FeedKind {
    switch self {
    case .ad: .product
    case .video: .video
    case .live: .live
    }
  }

  /// The channel of a candidate, as its features say it; nil for an organic item.
  init?(_ candidate: Candidate) {
    let channel = Self.allCases.first { (candidate.features[$0.flag]?.number ?? 0) > 0 }
    guard let channel else { return nil }
    self = channel
  }
}

extension FeedWorld {
  /// How many random items of its kind a channel chooses each insert from.
  private static let insertPool = 4

  /// The inserts of a request, channel by channel: of a few random items each time the nearest to the user's
  /// taste, as a coarse retrieval finds it.
  func insertItems(
    for user: FeedUser, besides organic: [Int], _ stream: inout RandomStream
  ) -> [(channel: FeedChannel, item: Int)] {
    var taken = Set(organic)
    var inserts: [(channel: FeedChannel, item: Int)] = []
    for channel in FeedChannel.allCases {
      let kind = itemsOfKinds[channel.kind.rawValue]
      var found = 0
      // A small world can run out of items of a kind.
      for _ in 0..<50 * configuration.inserts where found < configuration.inserts {
        let pool = (0..<Self.insertPool).map { _ in
          let item = kind[stream.below(kind.count)]
          return (
            item: item,
            match: tasteMatch(user.taste, items[item].topic) + 1.7 * (stream.uniform() - 0.5)
          )
        }
        guard let best = pool.max(by: { ($0.match, $0.item) < ($1.match, $1.item) }),
          taken.insert(best.item).inserted
        else { continue }
        inserts.append((channel, best.item))
        found += 1
      }
    }
    return inserts
  }
}
