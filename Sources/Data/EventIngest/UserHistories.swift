package import Sessions

/// Histories as they come about, for a service: lists that are shown to users, and what users do with
/// the items. A history is what `ingest` makes of the same events.
///
/// Memory is bounded: of users and of lists that can still be answered, those that were longest without
/// an event are forgotten.
package struct UserHistories: Sendable {
  private typealias Item = JoinRanking<FeatureMap>.Item

  private var histories: BehaviourHistories<FeatureMap>
  private var lists = RecentNames<(user: String, items: [String: Item])>()
  private var users = RecentNames<Void>()
  private let mostUsers: Int
  private let mostLists: Int

  /// - Parameters:
  ///   - users: most users that are remembered.
  ///   - lists: most lists whose items can still be answered.
  package init(_ options: HistoryOptions, users: Int, lists: Int) {
    histories = BehaviourHistories(options)
    mostUsers = max(1, users)
    mostLists = max(1, lists)
  }

  package var userCount: Int { users.count }
  package var listCount: Int { lists.count }

  /// What a user saw and did before `time`, oldest first.
  package func history(of user: String, before time: Double) -> [Behaviour] {
    histories.history(of: user, before: time).map { Behaviour($0) }
  }

  /// A list was shown.
  ///
  /// - Parameter items: from the top down.
  package mutating func show(
    _ items: [Candidate], in list: String, to user: String, at time: Double
  ) {
    let shown = items.enumerated().map { place, item in
      Item(id: item.id, features: item.features, position: place + 1, propensity: nil)
    }
    let ranking = JoinRanking<FeatureMap>(
      id: list, time: time, user: user, fields: [:], items: shown, masks: nil)
    histories.add(JoinedSession(ranking, userFeatures: [:], shown: Array(shown.indices)))
    lists.touch(
      list, (user, Dictionary(shown.map { ($0.id, $0) }) { first, _ in first }))
    while lists.count > mostLists { _ = lists.removeOldest() }
    touch(user)
  }

  /// A user did something with an item of a list; false where the list, or the item in it, is not known.
  @discardableResult
  package mutating func add(_ event: InteractionEvent) -> Bool {
    guard let list = lists[event.ranking], let item = list.items[event.item] else { return false }
    histories.add(event, of: list.user, with: item)
    touch(list.user)
    return true
  }

  private mutating func touch(_ user: String) {
    users.touch(user, ())
    while users.count > mostUsers {
      if let oldest = users.removeOldest() { histories.forget(oldest) }
    }
  }
}
