import JSON
import Sessions

/// What `EventJoiner` does, for features in any form: as values, or as the text that is copied from
/// a log to a session file.
struct Joiner<Features: JoinedFeatures>: Sendable {
  /// For how many windows a closed ranking is remembered, so that what comes too late can be told
  /// from what never had a ranking.
  private static var rememberedWindows: Double { 8 }

  private struct EarlyInteraction: Sendable {
    var event: InteractionEvent
    var location: EventLocation
  }

  let window: Double
  let retractions: [String: String]
  /// false: the items of a ranking are those that were shown, in their order.
  let hasPositions: Bool
  private(set) var counts = EventCounts()
  /// Whether an event was left out because later ones had been taken.
  private(set) var isOutOfOrder = false

  private var waiting = EventBuffer<Features>()
  private var arrivals = 0
  private var newest = -Double.infinity
  private var open: [String: OpenRanking<Features>] = [:]
  private var openOrder = Queue<(id: String, time: Double)>()
  private var closed: Set<String> = []
  private var closedOrder = Queue<(id: String, time: Double)>()
  private var early: [String: [EarlyInteraction]] = [:]
  private var earlyOrder = Queue<(ranking: String, time: Double)>()
  private var items: [String: Features] = [:]
  private var users: [String: Features] = [:]
  private var histories: BehaviourHistories<Features>

  init(
    window: Double, retractions: [String: String], hasPositions: Bool,
    history: HistoryOptions = HistoryOptions()
  ) {
    precondition(window >= 0 && window.isFinite, "a window of \(window) seconds")
    self.window = window
    self.retractions = retractions
    self.hasPositions = hasPositions
    histories = BehaviourHistories(history)
  }

  /// Takes one event; returns the sessions that it closes, by time.
  mutating func add(_ event: JoinEvent<Features>, at location: EventLocation) -> [JoinedSession<
    Features
  >] {
    count(event)
    let time = event.time ?? newest
    guard time >= newest - window else {
      isOutOfOrder = true
      counts.skip(.outOfOrder, at: location, "\(newest - time) s behind")
      return []
    }
    newest = max(newest, time)
    arrivals += 1
    waiting.insert(
      PlacedEvent(event: event, time: time, sequence: arrivals, location: location))
    return release(until: newest - window)
  }

  /// Counts a line of the log that is no event.
  mutating func skip(_ fault: FieldError, at location: EventLocation) {
    counts.skip(fault, at: location)
  }

  /// Counts a line of the log that is no JSON.
  mutating func skip(_ fault: JSONError, at location: EventLocation) {
    counts.skip(.malformedLine, at: location, "byte \(fault.offset): got \(fault.got)")
  }

  /// Counts an event whose time cannot be believed, by how many seconds it is ahead.
  mutating func setAside(_ event: JoinEvent<Features>, ahead: Double, at location: EventLocation) {
    count(event)
    counts.skip(.implausibleTime, at: location, "\(Int(ahead)) s ahead")
  }

  /// Closes all that is open; the log has ended.
  mutating func finish() -> [JoinedSession<Features>] {
    let released = release(until: .infinity)
    return released + advance(to: .infinity)
  }

  private mutating func count(_ event: JoinEvent<Features>) {
    switch event {
    case .ranking: counts.rankings += 1
    case .interaction: counts.interactions += 1
    case .item: counts.itemUpdates += 1
    case .user: counts.userUpdates += 1
    }
  }

  private mutating func release(until limit: Double) -> [JoinedSession<Features>] {
    var sessions: [JoinedSession<Features>] = []
    while let time = waiting.firstTime, time <= limit, let placed = waiting.popFirst() {
      sessions += advance(to: placed.time)
      take(placed)
    }
    return sessions
  }

  private mutating func take(_ placed: PlacedEvent<Features>) {
    switch placed.event {
    case .ranking(let ranking): take(ranking, placed.location)
    case .interaction(let interaction): take(interaction, placed.location)
    case .item(let update): items[update.id, default: Features()].update(with: update.fields)
    case .user(let update): users[update.id, default: Features()].update(with: update.fields)
    }
  }

  private mutating func take(_ ranking: JoinRanking<Features>, _ location: EventLocation) {
    var event = ranking
    if !hasPositions {
      for index in event.items.indices { event.items[index].position = index + 1 }
    }
    guard open[event.id] == nil, !closed.contains(event.id) else {
      return counts.skip(.duplicateRanking, at: location, "ranking \(event.id)")
    }
    do throws(RankingError) {
      var ranking = try OpenRanking(event, items: items, users: users)
      if let reason = ranking.lostPropensity {
        counts.skip(reason, at: location, "ranking \(event.id)")
      }
      if !histories.isEmpty {
        ranking.session.history = histories.history(of: event.user, before: event.time)
        histories.add(ranking.session)
      }
      open[event.id] = ranking
      openOrder.append((event.id, event.time))
    } catch {
      return counts.skip(error.reason, at: location, error.detail)
    }
    for interaction in early.removeValue(forKey: event.id) ?? [] {
      if interaction.event.time < event.time {
        counts.skip(.beforeRanking, at: interaction.location, "ranking \(event.id)")
      } else {
        take(interaction.event, interaction.location)
      }
    }
  }

  private mutating func take(_ event: InteractionEvent, _ location: EventLocation) {
    guard let shows = open[event.ranking]?.shows(event.item) else {
      if closed.contains(event.ranking) {
        return counts.skip(.outsideWindow, at: location, "ranking \(event.ranking)")
      }
      early[event.ranking, default: []].append(
        EarlyInteraction(event: event, location: location))
      return earlyOrder.append((event.ranking, event.time))
    }
    guard shows else {
      return counts.skip(
        .itemNotShown, at: location, "item \(event.item), ranking \(event.ranking)")
    }
    counts.joined += 1
    if let kind = retractions[event.type] {
      counts.retractions += 1
      open[event.ranking]?.retract(kind, item: event.item)
      if let user = open[event.ranking]?.session.user {
        histories.retract(kind, item: event.item, ranking: event.ranking, of: user)
      }
    } else {
      open[event.ranking]?.add(event)
      if !histories.isEmpty, let shown = open[event.ranking]?.shown(event.item) {
        histories.add(event, of: shown.user, with: shown.item)
      }
    }
  }

  /// Lets go of what an event at `time`, or later, can no longer reach.
  private mutating func advance(to time: Double) -> [JoinedSession<Features>] {
    var sessions: [JoinedSession<Features>] = []
    while let next = openOrder.first, next.time + window < time {
      openOrder.removeFirst()
      guard let ranking = open.removeValue(forKey: next.id) else { continue }
      closed.insert(next.id)
      closedOrder.append(next)
      sessions.append(ranking.closed)
    }
    while let next = earlyOrder.first, next.time + window < time {
      earlyOrder.removeFirst()
      // The order outlives interactions that meanwhile found their ranking.
      guard let first = early[next.ranking]?.first, first.event.time <= next.time else { continue }
      counts.skip(.unknownRanking, at: first.location, "ranking \(next.ranking)")
      early[next.ranking]?.removeFirst()
      if early[next.ranking]?.isEmpty == true { early[next.ranking] = nil }
    }
    let memory = (1 + Joiner.rememberedWindows) * window
    while let next = closedOrder.first, next.time + memory < time {
      closedOrder.removeFirst()
      closed.remove(next.id)
    }
    return sessions
  }
}
