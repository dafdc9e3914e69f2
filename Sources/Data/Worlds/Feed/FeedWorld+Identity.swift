package import Sessions

extension FeedWorld {
  package static let name = "feed"

  /// Likes come soon after the click; dwell is in seconds and comes when the item is left, and
  /// trackers give up after twenty minutes.
  package static let kinds: [FeedbackKind] = [
    .click, FeedbackKind("like") { _ in 1 },
    FeedbackKind("dwell", isMeasured: true) { min(Double($0), 1200) },
  ]

  /// With `survival`: the user looked at what stands below.
  package static let furtherKinds = [FeedbackKind("has_next") { _ in 2.5 }]

  package var seed: UInt64 { configuration.seed }
  package var listLength: Int { configuration.listLength }
  package var ids: NumberedIds { NumberedIds(users: users.count, items: items.count) }

  package var clock: SessionClock {
    SessionClock(start: configuration.startTime, sessionsPerDay: configuration.sessionsPerDay)
  }

  /// Whether it knows the ids, and its items have the shops and categories that the request says.
  package func knows(_ request: Request) -> Bool {
    ids.know(request, features: ["shop", "category"], of: itemFeatures)
  }
}
