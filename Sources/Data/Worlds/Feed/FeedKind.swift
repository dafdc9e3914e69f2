/// What an item of the feed is; each kind has features of its own.
enum FeedKind: Int, CaseIterable, Sendable {
  case product, video, live

  var name: String {
    switch self {
    case .product: "product"
    case .video: "video"
    case .live: "live"
    }
  }

  /// Chance that an item is of the kind.
  static func drawn(from uniform: Double) -> FeedKind {
    uniform < 0.5 ? .product : uniform < 0.85 ? .video : .live
  }

  /// Log-odds of a click by circumstances: live and video gain in the evening, products at a desk.
  func appeal(hour: Int?, device: String?) -> Double {
    let evening = hour.map { $0 >= 18 && $0 < 24 } ?? false
    switch self {
    case .product: return device == "desktop" ? 0.2 : 0
    case .video: return (evening ? 0.15 : 0) + (device == "phone" ? 0.1 : 0)
    case .live: return evening ? 0.4 : 0
    }
  }

  /// Log-odds of a like once clicked: a stream is watched and left, a video is liked.
  var likeability: Double {
    switch self {
    case .product: 0
    case .video: 0.3
    case .live: -0.4
    }
  }
}
