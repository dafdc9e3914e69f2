import Sessions

extension FeedWorld {
  /// The session as the event log of a live system: JSON Lines, without line ends.
  ///
  /// First the user's features, then the ranking with all its candidates (positions from 1 and
  /// propensities on the shown ones), then the interactions in the order of time. Lines of
  /// different sessions interleave in time; interactions name their ranking.
  public func eventLines(for session: Session) -> [String] {
    let user = JSONText.object([
      ("event", JSONText.string("user")), ("user", JSONText.string(session.request.user.id)),
      ("timestamp", JSONText.string(timestamp(session.time))),
      ("fields", JSONText.fields(session.request.user.features)),
    ])
    return [user, ranking(session)] + interactions(session)
  }

  private func ranking(_ session: Session) -> String {
    var place: [Int: Int] = [:]
    for (slot, candidate) in session.shown.enumerated() { place[candidate] = slot }
    let items = session.request.candidates.enumerated().map { index, candidate in
      var members = [
        ("id", JSONText.string(candidate.id)), ("fields", JSONText.fields(candidate.features)),
      ]
      if let slot = place[index] {
        members.append(("position", String(slot + 1)))
        if let propensity = session.propensity {
          members.append(("propensity", "\(propensity[slot])"))
        }
      }
      return JSONText.object(members)
    }
    return JSONText.object([
      ("event", JSONText.string("ranking")), ("id", JSONText.string(session.request.id)),
      ("timestamp", JSONText.string(timestamp(session.time))),
      ("user", JSONText.string(session.request.user.id)), ("policy", JSONText.string("logging")),
      ("fields", JSONText.fields(session.request.context)), ("items", JSONText.array(items)),
    ])
  }

  /// A click three seconds after the one above could have come, the like soon after, the dwell
  /// when the item is left; trackers give up after twenty minutes.
  private func interactions(_ session: Session) -> [String] {
    var events: [(offset: Double, line: String)] = []
    for (slot, candidate) in session.shown.enumerated() {
      func add(_ type: String, _ offset: Double, value: Float? = nil) {
        let item = session.request.candidates[candidate].id
        var members = [
          ("event", JSONText.string("interaction")),
          ("ranking", JSONText.string(session.request.id)),
          ("timestamp", JSONText.string(timestamp(session.time + offset))),
          ("user", JSONText.string(session.request.user.id)), ("item", JSONText.string(item)),
          ("type", JSONText.string(type)),
        ]
        if let value { members.append(("value", "\(value)")) }
        events.append((offset, JSONText.object(members)))
      }
      let clicked = 2 + 3 * Double(slot)
      if session.feedback["click"]?[slot] ?? 0 > 0 { add("click", clicked) }
      if session.feedback["like"]?[slot] ?? 0 > 0 { add("like", clicked + 1) }
      if let seconds = session.feedback["dwell"]?[slot], seconds > 0 {
        add("dwell", clicked + min(Double(seconds), 1200), value: seconds)
      }
    }
    return events.sorted { $0.offset < $1.offset }.map(\.line)
  }
}
