import Sessions

/// What the joiner asks of the features of an item, a user or a request.
protocol JoinedFeatures: Sendable {
  /// None.
  init()

  /// Takes over what `known` has and these have not.
  mutating func fill(from known: Self)

  /// Takes over all that `newer` has.
  mutating func update(with newer: Self)
}

extension [String: FeatureValue]: JoinedFeatures {
  mutating func fill(from known: FeatureMap) { merge(known) { own, _ in own } }

  mutating func update(with newer: FeatureMap) { merge(newer) { $1 } }
}

/// A `LogEvent` with features in the joiner's form.
enum JoinEvent<Features: JoinedFeatures>: Sendable {
  case ranking(JoinRanking<Features>)
  case interaction(InteractionEvent)
  case item(JoinUpdate<Features>)
  case user(JoinUpdate<Features>)

  /// Seconds since 1970-01-01 UTC; nil for an update that names none.
  var time: Double? {
    switch self {
    case .ranking(let ranking): ranking.time
    case .interaction(let interaction): interaction.time
    case .item(let update), .user(let update): update.time
    }
  }

  init(_ event: LogEvent, _ features: (FeatureMap) -> Features) {
    switch event {
    case .ranking(let ranking): self = .ranking(JoinRanking(ranking, features))
    case .interaction(let interaction): self = .interaction(interaction)
    case .item(let update): self = .item(JoinUpdate(update, features))
    case .user(let update): self = .user(JoinUpdate(update, features))
    }
  }
}

/// A `RankingEvent` with features in the joiner's form.
struct JoinRanking<Features: JoinedFeatures>: Sendable {
  struct Item: Sendable {
    var id: String
    var features: Features
    var position: Int?
    var propensity: Float?
  }

  var id: String
  var time: Double
  var user: String
  var fields: Features
  var items: [Item]
  var masks: ListMasks?
}

/// A `FeatureUpdate` with features in the joiner's form.
struct JoinUpdate<Features: JoinedFeatures>: Sendable {
  var id: String
  var time: Double?
  var fields: Features
}

/// A `Session` with features in the joiner's form.
struct JoinedSession<Features: JoinedFeatures>: Sendable {
  let id: String
  let time: Double
  let user: String
  let userFeatures: Features
  let context: Features
  var items: [JoinRanking<Features>.Item]
  let shown: [Int]
  var feedback: [String: [Float]] = [:]
  var propensity: [Float]?
  var masks: ListMasks?
  /// Oldest first.
  var history: [JoinedBehaviour<Features>] = []

  init(_ ranking: JoinRanking<Features>, userFeatures: Features, shown: [Int]) {
    id = ranking.id
    time = ranking.time
    user = ranking.user
    self.userFeatures = userFeatures
    context = ranking.fields
    items = ranking.items
    self.shown = shown
  }
}

extension JoinRanking {
  fileprivate init(_ event: RankingEvent, _ features: (FeatureMap) -> Features) {
    self.init(
      id: event.id, time: event.time, user: event.user, fields: features(event.fields),
      items: event.items.map {
        Item(
          id: $0.candidate.id, features: features($0.candidate.features), position: $0.position,
          propensity: $0.propensity)
      }, masks: event.masks)
  }
}

extension JoinUpdate {
  fileprivate init(_ event: FeatureUpdate, _ features: (FeatureMap) -> Features) {
    self.init(id: event.id, time: event.time, fields: features(event.fields))
  }
}
