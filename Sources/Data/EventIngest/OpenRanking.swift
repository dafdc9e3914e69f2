import Sessions

/// Why a ranking cannot become a session.
struct RankingError: Error {
  var reason: SkipReason
  var detail: String
}

/// A ranking whose window has not closed, with the feedback so far.
struct OpenRanking<Features: JoinedFeatures>: Sendable {
  private struct Mark: Sendable {
    var amount = 0.0
    var hasValue = false
  }

  var session: JoinedSession<Features>
  private let slots: [String: Int]
  /// Per feedback kind, along the shown list.
  private var marks: [String: [Mark]] = [:]

  /// Why the session goes without propensities that the log has, or some of them.
  let lostPropensity: SkipReason?

  init(
    _ event: JoinRanking<Features>, items: [String: Features], users: [String: Features]
  ) throws(RankingError) {
    let detail = "ranking \(event.id)"
    let shown = try OpenRanking.shown(event)
    var slots: [String: Int] = [:]
    for (slot, index) in shown.enumerated() { slots[event.items[index].id] = slot }
    guard Set(event.items.map(\.id)).count == event.items.count else {
      throw RankingError(reason: .repeatedItem, detail: detail)
    }
    let propensity = shown.compactMap { event.items[$0].propensity }
    session = JoinedSession(event, userFeatures: users[event.user] ?? Features(), shown: shown)
    if !items.isEmpty {
      for index in session.items.indices {
        if let known = items[session.items[index].id] {
          session.items[index].features.fill(from: known)
        }
      }
    }
    if event.masks?.fault(of: shown.map { event.items[$0].id }) != nil {
      lostPropensity = .brokenMasks
    } else {
      session.propensity = propensity.count == shown.count ? propensity : nil
      session.masks = event.masks
      lostPropensity =
        !propensity.isEmpty && propensity.count < shown.count ? .partialPropensity : nil
    }
    self.slots = slots
  }

  /// Indices of the shown items by position, which must be 1...n, each once.
  private static func shown(_ event: JoinRanking<Features>) throws(RankingError) -> [Int] {
    let count = event.items.count { $0.position != nil }
    guard count > 0 else {
      throw RankingError(reason: .nothingShown, detail: "ranking \(event.id)")
    }
    var shown = [Int](repeating: -1, count: count)
    for (index, item) in event.items.enumerated() {
      guard let position = item.position else { continue }
      guard (1...count).contains(position), shown[position - 1] < 0 else {
        throw RankingError(
          reason: .badPositions, detail: "ranking \(event.id), position \(position) of \(count)")
      }
      shown[position - 1] = index
    }
    return shown
  }

  func shows(_ item: String) -> Bool { slots[item] != nil }

  /// An item as it was shown, with its place from 1, and to whom.
  func shown(_ item: String) -> (item: JoinRanking<Features>.Item, user: String)? {
    guard let slot = slots[item] else { return nil }
    var shown = session.items[session.shown[slot]]
    shown.position = slot + 1
    return (shown, session.user)
  }

  /// Adds an interaction: an amount is added up, a mere event counts once however often it comes.
  mutating func add(_ interaction: InteractionEvent) {
    guard let slot = slots[interaction.item] else { return }
    var mark = marks[interaction.type]?[slot] ?? Mark()
    if let value = interaction.value {
      mark.amount = mark.hasValue ? mark.amount + value : value
      mark.hasValue = true
    } else if !mark.hasValue {
      mark.amount = 1
    }
    set(mark, interaction.type, slot)
  }

  /// Takes back what `kind` has for the item.
  mutating func retract(_ kind: String, item: String) {
    guard let slot = slots[item] else { return }
    set(Mark(), kind, slot)
  }

  private mutating func set(_ mark: Mark, _ kind: String, _ slot: Int) {
    marks[kind, default: [Mark](repeating: Mark(), count: session.shown.count)][slot] = mark
  }

  /// The session with the feedback kinds that occurred in it.
  var closed: JoinedSession<Features> {
    var session = session
    // A sum may leave the range of Float although each amount is within it.
    let limit = Double(Float.greatestFiniteMagnitude)
    session.feedback = marks.mapValues { $0.map { Float(max(-limit, min(limit, $0.amount))) } }
    return session
  }
}
