/// Joins rankings with the interactions that follow them, event by event.
///
/// Events may come out of order by up to `window` seconds: they wait until nothing earlier can
/// come, and are then taken by time, equal times in the order of arrival. An interaction joins its
/// ranking when `0 <= interaction.time - ranking.time <= window`. A session has the feedback kinds
/// that occurred in it.
///
/// Memory: the events and rankings of a window, the ids of rankings closed in the last eight
/// windows, and the latest features of every item and user.
public struct EventJoiner: Sendable {
  /// For how many windows a closed ranking is remembered, so that what comes too late can be told
  /// from what never had a ranking.
  private static let rememberedWindows = 8.0

  private struct EarlyInteraction: Sendable {
    var event: InteractionEvent
    var location: EventLocation
  }

  public let window: Double
  /// Interaction types that take back another one: `["unsave": "save"]`.
  public let retractions: [String: String]
  public private(set) var counts = EventCounts()

  private var waiting = EventBuffer()
  private var arrivals = 0
  private var newest = -Double.infinity
  private var open: [String: OpenRanking] = [:]
  private var openOrder = Queue<(id: String, time: Double)>()
  private var closed: Set<String> = []
  private var closedOrder = Queue<(id: String, time: Double)>()
  private var early: [String: [EarlyInteraction]] = [:]
  private var earlyOrder = Queue<(ranking: String, time: Double)>()
  private var items: [String: FeatureMap] = [:]
  private var users: [String: FeatureMap] = [:]

  /// - Parameter window: seconds, from 0.
  public init(window: Double = 1800, retractions: [String: String] = [:]) {
    precondition(window >= 0 && window.isFinite, "a window of \(window) seconds")
    self.window = window
    self.retractions = retractions
  }

  /// Takes one event; returns the sessions that it closes, by time.
  public mutating func add(_ event: LogEvent, at location: EventLocation) -> [Session] {
    count(event)
    let time = event.time ?? newest
    guard time >= newest - window else {
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
  public mutating func skip(_ fault: FieldFault, at location: EventLocation) {
    counts.skip(fault, at: location)
  }

  /// Counts a line of the log that is no JSON.
  public mutating func skip(_ fault: JSONFault, at location: EventLocation) {
    counts.skip(.malformedLine, at: location, "byte \(fault.offset): got \(fault.got)")
  }

  /// Closes all that is open; the log has ended.
  public mutating func finish() -> [Session] {
    let released = release(until: .infinity)
    return released + advance(to: .infinity)
  }

  private mutating func count(_ event: LogEvent) {
    switch event {
    case .ranking: counts.rankings += 1
    case .interaction: counts.interactions += 1
    case .item: counts.itemUpdates += 1
    case .user: counts.userUpdates += 1
    }
  }

  private mutating func release(until limit: Double) -> [Session] {
    var sessions: [Session] = []
    while let time = waiting.first?.time, time <= limit, let placed = waiting.popFirst() {
      sessions += advance(to: placed.time)
      take(placed)
    }
    return sessions
  }

  private mutating func take(_ placed: PlacedEvent) {
    switch placed.event {
    case .ranking(let ranking): take(ranking, placed.location)
    case .interaction(let interaction): take(interaction, placed.location)
    case .item(let update): items[update.id, default: [:]].merge(update.fields) { $1 }
    case .user(let update): users[update.id, default: [:]].merge(update.fields) { $1 }
    }
  }

  private mutating func take(_ event: RankingEvent, _ location: EventLocation) {
    guard open[event.id] == nil, !closed.contains(event.id) else {
      return counts.skip(.duplicateRanking, at: location, "ranking \(event.id)")
    }
    do throws(OpenRanking.Refusal) {
      let ranking = try OpenRanking(event, items: items, users: users)
      if ranking.lostPropensity {
        counts.skip(.partialPropensity, at: location, "ranking \(event.id)")
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
    } else {
      open[event.ranking]?.add(event)
    }
  }

  /// Lets go of what an event at `time`, or later, can no longer reach.
  private mutating func advance(to time: Double) -> [Session] {
    var sessions: [Session] = []
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
    let memory = (1 + EventJoiner.rememberedWindows) * window
    while let next = closedOrder.first, next.time + memory < time {
      closedOrder.removeFirst()
      closed.remove(next.id)
    }
    return sessions
  }
}
