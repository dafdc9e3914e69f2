import Sessions

/// One line of an event log.
public enum LogEvent: Sendable, Equatable {
  case ranking(RankingEvent)
  case interaction(InteractionEvent)
  case item(FeatureUpdate)
  case user(FeatureUpdate)
}

/// A list that was shown, with the candidates it was chosen from.
public struct RankingEvent: Sendable, Equatable {
  public struct Item: Sendable, Equatable {
    public var candidate: Candidate
    /// From 1, the top of the list; nil when the candidate was not shown.
    public var position: Int?
    /// In (0, 1].
    public var propensity: Float?

    public init(candidate: Candidate, position: Int? = nil, propensity: Float? = nil) {
      self.candidate = candidate
      self.position = position
      self.propensity = propensity
    }
  }

  public var id: String
  /// Seconds since 1970-01-01 UTC.
  public var time: Double
  public var user: String
  public var fields: FeatureMap
  public var items: [Item]

  public init(
    id: String, time: Double, user: String, fields: FeatureMap = [:], items: [Item]
  ) {
    self.id = id
    self.time = time
    self.user = user
    self.fields = fields
    self.items = items
  }
}

/// What a user did with one item of a ranking.
public struct InteractionEvent: Sendable, Equatable {
  public var ranking: String
  public var item: String
  /// The feedback kind, such as `click`.
  public var type: String
  /// Seconds since 1970-01-01 UTC.
  public var time: Double
  /// An amount, such as seconds of dwell; nil for something that just happened.
  public var value: Double?

  public init(
    ranking: String, item: String, type: String, time: Double, value: Double? = nil
  ) {
    self.ranking = ranking
    self.item = item
    self.type = type
    self.time = time
    self.value = value
  }
}

/// New features of an item or a user, which hold from then on; others keep their last value.
public struct FeatureUpdate: Sendable, Equatable {
  public var id: String
  /// Seconds since 1970-01-01 UTC; nil for the place in the log.
  public var time: Double?
  public var fields: FeatureMap

  public init(id: String, time: Double? = nil, fields: FeatureMap) {
    self.id = id
    self.time = time
    self.fields = fields
  }
}

extension LogEvent {
  /// Seconds since 1970-01-01 UTC; nil for an update that names none.
  public var time: Double? {
    switch self {
    case .ranking(let ranking): ranking.time
    case .interaction(let interaction): interaction.time
    case .item(let update), .user(let update): update.time
    }
  }
}
