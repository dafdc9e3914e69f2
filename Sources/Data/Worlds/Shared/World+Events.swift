import CivilTime
import JSON
package import Sessions

extension World {
  /// The session as the event log of a live system: JSON Lines, without line ends.
  ///
  /// First the user's features, then the ranking with all its candidates (positions from 1 and
  /// propensities on the shown ones), then the interactions in the order of time. Lines of
  /// different sessions interleave in time; interactions name their ranking.
  package func eventLines(for session: Session) -> [String] {
    [user(session), ranking(session)] + interactions(session)
  }

  private func user(_ session: Session) -> String {
    line { line in
      line.member("event", "user")
      line.member("user", session.request.user.id)
      line.member("timestamp", iso8601(secondsSince1970: session.time))
      line.member("fields", fields(session.request.user.features))
    }
  }

  private func ranking(_ session: Session) -> String {
    var place: [Int: Int] = [:]
    for (slot, candidate) in session.shown.enumerated() { place[candidate] = slot }
    return line { line in
      line.member("event", "ranking")
      line.member("id", session.request.id)
      line.member("timestamp", iso8601(secondsSince1970: session.time))
      line.member("user", session.request.user.id)
      line.member("policy", "logging")
      line.member("fields", fields(session.request.context))
      line.key("items")
      line.array { items in
        for (index, candidate) in session.request.candidates.enumerated() {
          items.object { item in
            item.member("id", candidate.id)
            item.member("fields", fields(candidate.features))
            if let slot = place[index] {
              item.member("position", slot + 1)
              if let propensity = session.propensity {
                write(propensity[slot], "propensity", to: &item)
              }
            }
          }
        }
      }
    }
  }

  private func interactions(_ session: Session) -> [String] {
    var events: [(offset: Double, line: String)] = []
    for (slot, candidate) in session.shown.enumerated() {
      for (kind, amount, offset) in Self.events(session.feedback, slot: slot) {
        let text = line { line in
          line.member("event", "interaction")
          line.member("ranking", session.request.id)
          line.member("timestamp", iso8601(secondsSince1970: session.time + offset))
          line.member("user", session.request.user.id)
          line.member("item", session.request.candidates[candidate].id)
          line.member("type", kind.name)
          if kind.isMeasured { write(Float(amount), "value", to: &line) }
        }
        events.append((offset, text))
      }
    }
    return events.sorted { $0.offset < $1.offset }.map(\.line)
  }

  /// What happens to the item of a slot, and how many seconds after the list was shown: a click three
  /// seconds after the one above could have come, what follows from it later.
  static func events(
    _ feedback: [String: [Float]], slot: Int
  ) -> [(kind: FeedbackKind, amount: Double, offset: Double)] {
    (kinds + furtherKinds).compactMap { kind in
      guard let amount = feedback[kind.name]?[slot], amount > 0 else { return nil }
      return (kind, JSONValue.shortest(amount), 2 + 3 * Double(slot) + kind.delay(amount))
    }
  }

  /// Without the sign of a zero, which no tracker logs.
  private func fields(_ features: FeatureMap) -> JSONValue {
    features.mapValues { $0 == .number(0) ? .number(0) : $0 }.json
  }

  /// As a Float prints itself, a whole one with ".0", which is how trackers write measurements.
  private func write(_ value: Float, _ key: String, to line: inout JSONWriter) {
    line.key(key)
    line.write(json: value.description.utf8)
  }

  private func line(_ members: (inout JSONWriter) -> Void) -> String {
    String(decoding: JSONWriter.bytes { $0.object(members) }, as: UTF8.self)
  }
}
