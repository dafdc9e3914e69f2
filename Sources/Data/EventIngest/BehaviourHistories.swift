import JSON
import Sessions

/// A `Behaviour` with features in the joiner's form.
struct JoinedBehaviour<Features: JoinedFeatures>: Sendable {
  var type: String
  var time: Double
  var item: JoinRanking<Features>.Item
  var action: FeatureMap
}

/// What every user saw and did so far: what a ranking's history is made of.
///
/// A history knows nothing of its own ranking's time or later: behaviours, and what is told of how they
/// were done, count only from strictly before. Memory: per user and type two to four times the asked length.
struct BehaviourHistories<Features: JoinedFeatures>: Sendable {
  /// One behaviour, with what happened to the same item of the same list since.
  fileprivate struct Entry: Sendable {
    let ranking: String
    let behaviour: JoinedBehaviour<Features>
    /// Other interactions with the item: what they add to the action, and when.
    var marks: [Mark]
    let sequence: Int
  }
  fileprivate struct Mark: Sendable {
    let kind: String
    let value: FeatureValue
    let time: Double
  }

  private let options: HistoryOptions
  private var users: [String: [String: [Entry]]] = [:]
  private var sequence = 0

  init(_ options: HistoryOptions) { self.options = options }

  var isEmpty: Bool { options.lengths.isEmpty }

  /// What the user saw and did before `time`, oldest first.
  func history(of user: String, before time: Double) -> [JoinedBehaviour<Features>] {
    var entries: [Entry] = []
    for (type, known) in users[user] ?? [:] {
      let before = known.filter {
        $0.behaviour.time < time && $0.behaviour.time >= time - (options.window ?? .infinity)
      }
      entries += before.suffix(options.lengths[type] ?? 0)
    }
    entries.sort { ($0.behaviour.time, $0.sequence) < ($1.behaviour.time, $1.sequence) }
    return entries.map { entry in
      var behaviour = entry.behaviour
      for mark in entry.marks where mark.time < time {
        behaviour.action[mark.kind] = mark.adding(to: behaviour.action[mark.kind])
      }
      return behaviour
    }
  }

  /// Takes in the items that a ranking shows.
  mutating func add(_ session: JoinedSession<Features>) {
    guard options.lengths[Behaviour.exposure] != nil else { return }
    for (slot, index) in session.shown.enumerated() {
      var item = session.items[index]
      item.position = slot + 1
      append(
        JoinedBehaviour(type: Behaviour.exposure, time: session.time, item: item, action: [:]),
        of: session.user, in: session.id, marks: [])
    }
  }

  /// Takes in an interaction with an item of a ranking.
  mutating func add(
    _ event: InteractionEvent, of user: String, with item: JoinRanking<Features>.Item
  ) {
    guard !isEmpty else { return }
    let mark = Mark(
      kind: event.type, value: event.amount.map { .number($0) } ?? .flag(true), time: event.time)
    let before = marks(on: event.item, in: event.ranking, of: user)
    for type in (users[user] ?? [:]).keys where type != event.type {
      for place in users[user]?[type]?.indices ?? 0..<0
      where users[user]?[type]?[place].ranking == event.ranking
        && users[user]?[type]?[place].behaviour.item.id == event.item
      { users[user]?[type]?[place].marks.append(mark) }
    }
    guard options.lengths[event.type] != nil else { return }
    var action = event.fields
    if let amount = event.amount { action[event.type] = .number(amount) }
    append(
      JoinedBehaviour(type: event.type, time: event.time, item: item, action: action), of: user,
      in: event.ranking, marks: before.filter { $0.kind != event.type })
  }

  /// What is known to have been done to an item of a list, in the order of time.
  private func marks(on item: String, in ranking: String, of user: String) -> [Mark] {
    var marks: [Mark] = []
    func add(_ mark: Mark) {
      if !marks.contains(where: { $0.kind == mark.kind && $0.time == mark.time }) {
        marks.append(mark)
      }
    }
    for (type, entries) in (users[user] ?? [:]).sorted(by: { $0.key < $1.key }) {
      for entry in entries where entry.ranking == ranking && entry.behaviour.item.id == item {
        for mark in entry.marks { add(mark) }
        guard type != Behaviour.exposure else { continue }
        let value = entry.behaviour.action[type] ?? .flag(true)
        add(Mark(kind: type, value: value, time: entry.behaviour.time))
      }
    }
    return marks.sorted { $0.time < $1.time }
  }

  /// Forgets a user.
  mutating func forget(_ user: String) { users[user] = nil }

  /// Takes back what an interaction of this kind told.
  mutating func retract(_ kind: String, item: String, ranking: String, of user: String) {
    for type in (users[user] ?? [:]).keys {
      if type == kind {
        users[user]?[type]?.removeAll { $0.ranking == ranking && $0.behaviour.item.id == item }
      }
      for place in users[user]?[type]?.indices ?? 0..<0
      where users[user]?[type]?[place].ranking == ranking
        && users[user]?[type]?[place].behaviour.item.id == item
      {
        users[user]?[type]?[place].marks.removeAll { $0.kind == kind }
      }
    }
  }

  private mutating func append(
    _ behaviour: JoinedBehaviour<Features>, of user: String, in ranking: String, marks: [Mark]
  ) {
    guard let length = options.lengths[behaviour.type] else { return }
    sequence += 1
    let entry = Entry(
      ranking: ranking, behaviour: behaviour, marks: marks, sequence: sequence)
    users[user, default: [:]][behaviour.type, default: []].append(entry)
    // Twice as many as are asked for: the newest may be of the very time of the next ranking.
    let count = users[user]?[behaviour.type]?.count ?? 0
    if count >= 4 * length { users[user]?[behaviour.type]?.removeFirst(count - 2 * length) }
  }
}

extension InteractionEvent {
  /// The value as it is logged: the shortest decimals of what is kept of it.
  fileprivate var amount: Double? { value.map { JSONValue.shortest(Float($0)) } }
}

extension BehaviourHistories.Mark {
  /// Amounts add up, as they do in the feedback of a session.
  fileprivate func adding(to known: FeatureValue?) -> FeatureValue {
    guard case .number(let amount) = value, case .number(let before)? = known else { return value }
    return .number(before + amount)
  }
}

/// Which behaviours of the past become the history of a session.
package struct HistoryOptions: Sendable, Equatable, Codable {
  /// Most behaviours of each type, the newest; a type that is not named is left out. `exposure` is
  /// an item that was shown, all others are types of interaction.
  package var lengths: [String: Int]
  /// Seconds after which a behaviour is forgotten; nil for never.
  package var window: Double?

  package init(lengths: [String: Int] = [:], window: Double? = nil) {
    self.lengths = lengths
    self.window = window
  }

  func faults() -> [FieldError] {
    var faults = lengths.filter { $0.value < 1 || $0.key.isEmpty }.sorted { $0.key < $1.key }.map {
      FieldError(
        pointer: "/history" + pointerStep($0.key), expected: "a type and a number from 1",
        got: "\"\($0.key)\" and \($0.value)", remedy: "write for example exposure=50,click=20")
    }
    if let window, !(window > 0 && window.isFinite) {
      faults.append(
        FieldError(
          pointer: "/history-window", expected: "seconds above 0", got: "\(window)",
          remedy: "write 86400 for a day"))
    }
    return faults
  }
}
