package import Sessions

/// One line of an event log.
package enum LogEvent: Sendable, Equatable {
  case ranking(RankingEvent)
  case interaction(InteractionEvent)
  case item(FeatureUpdate)
  case user(FeatureUpdate)
}

/// A list that was shown, with the candidates it was chosen from.
package struct RankingEvent: Sendable, Equatable {
  package struct Item: Sendable, Equatable {
    package var candidate: Candidate
    /// From 1, the top of the list; nil when the candidate was not shown.
    package var position: Int?
    /// In (0, 1].
    package var propensity: Float?

    package init(candidate: Candidate, position: Int? = nil, propensity: Float? = nil) {
      self.candidate = candidate
      self.position = position
      self.propensity = propensity
    }
  }

  package var id: String
  /// Seconds since 1970-01-01 UTC.
  package var time: Double
  package var user: String
  package var fields: FeatureMap
  package var items: [Item]
  /// Nil where nothing is recorded.
  package var masks: ListMasks?

  package init(
    id: String, time: Double, user: String, fields: FeatureMap = [:], items: [Item],
    masks: ListMasks? = nil
  ) {
    self.id = id
    self.time = time
    self.user = user
    self.fields = fields
    self.items = items
    self.masks = masks
  }
}

/// What a user did with one item of a ranking.
package struct InteractionEvent: Sendable, Equatable {
  package var ranking: String
  package var item: String
  /// The feedback kind, such as `click`.
  package var type: String
  /// Seconds since 1970-01-01 UTC.
  package var time: Double
  /// An amount, such as seconds of dwell; nil for something that just happened.
  package var value: Double?
  /// How it was done, such as the speed of scrolling.
  package var fields: FeatureMap

  package init(
    ranking: String, item: String, type: String, time: Double, value: Double? = nil,
    fields: FeatureMap = [:]
  ) {
    self.ranking = ranking
    self.item = item
    self.type = type
    self.time = time
    self.value = value
    self.fields = fields
  }
}

/// New features of an item or a user, which hold from then on; others keep their last value.
package struct FeatureUpdate: Sendable, Equatable {
  package var id: String
  /// Seconds since 1970-01-01 UTC; nil for the place in the log.
  package var time: Double?
  package var fields: FeatureMap

  package init(id: String, time: Double? = nil, fields: FeatureMap) {
    self.id = id
    self.time = time
    self.fields = fields
  }
}

extension LogEvent {
  /// Seconds since 1970-01-01 UTC; nil for an update that names none.
  package var time: Double? {
    switch self {
    case .ranking(let ranking): ranking.time
    case .interaction(let interaction): interaction.time
    case .item(let update), .user(let update): update.time
    }
  }
}
