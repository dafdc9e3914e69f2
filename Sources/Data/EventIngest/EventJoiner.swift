package import JSON
package import Sessions

/// Joins rankings with the interactions that follow them, event by event.
///
/// Events may come out of order by up to `window` seconds: they wait until nothing earlier can
/// come, and are then taken by time, equal times in the order of arrival. An interaction joins its
/// ranking when `0 <= interaction.time - ranking.time <= window`. A session has the feedback kinds
/// that occurred in it.
///
/// Memory: the events and rankings of a window, the ids of rankings closed in the last eight
/// windows, and the latest features of every item and user.
package struct EventJoiner: Sendable {
  private var joiner: Joiner<FeatureMap>

  package var window: Double { joiner.window }
  /// Interaction types that take back another one: `["unsave": "save"]`.
  package var retractions: [String: String] { joiner.retractions }
  package var counts: EventCounts { joiner.counts }

  /// - Parameter window: seconds, from 0.
  package init(
    window: Double = 1800, retractions: [String: String] = [:],
    history: HistoryOptions = HistoryOptions()
  ) {
    joiner = Joiner(
      window: window, retractions: retractions, hasPositions: true, history: history)
  }

  /// Takes one event; returns the sessions that it closes, by time.
  package mutating func add(_ event: LogEvent, at location: EventLocation) -> [Session] {
    joiner.add(JoinEvent(event) { $0 }, at: location).map(Session.init)
  }

  /// Counts a line of the log that is no event.
  package mutating func skip(_ fault: FieldError, at location: EventLocation) {
    joiner.skip(fault, at: location)
  }

  /// Counts a line of the log that is no JSON.
  package mutating func skip(_ fault: JSONError, at location: EventLocation) {
    joiner.skip(fault, at: location)
  }

  /// Closes all that is open; the log has ended.
  package mutating func finish() -> [Session] {
    joiner.finish().map(Session.init)
  }
}

extension Behaviour {
  init(_ joined: JoinedBehaviour<FeatureMap>) {
    self.init(
      type: joined.type, time: joined.time,
      item: Candidate(id: joined.item.id, features: joined.item.features),
      position: joined.item.position, action: joined.action)
  }
}

extension Session {
  fileprivate init(_ joined: JoinedSession<FeatureMap>) {
    self.init(
      request: Request(
        id: joined.id, user: User(id: joined.user, features: joined.userFeatures),
        context: joined.context,
        candidates: joined.items.map { Candidate(id: $0.id, features: $0.features) },
        history: joined.history.map { Behaviour($0) }),
      time: joined.time, shown: joined.shown, feedback: joined.feedback,
      propensity: joined.propensity, masks: joined.masks)
  }
}
