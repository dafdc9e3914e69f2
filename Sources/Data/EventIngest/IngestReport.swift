import JSON
import Sessions

/// What `ingest` read, joined, wrote and left out.
package struct IngestReport: Sendable, Equatable, Codable {
  package var events: [String]
  package var target: String
  package var lines = 0
  /// Whether items of the logs have positions; if none has, their order was taken.
  package var hasPositions = true
  /// Whether the events had to be sorted, as they were out of order by more than the window.
  package var isSorted = false
  /// Whether the sessions are in the target; else it is as it was.
  package var isWritten = false
  package var counts = EventCounts()
  /// Sessions joined; they are in the target when `isWritten`.
  package var sessions = 0
  /// Per feedback kind the sum over all sessions.
  package var feedback: [String: Double] = [:]
  /// Behaviours in the sessions' histories, by type.
  package var behaviours: [String: Int] = [:]

  package var rankings: Int { counts.rankings }
  package var interactions: Int { counts.interactions }
  package var skipped: [SkipTally] { counts.skipped }

  init(events: [String], target: String) {
    self.events = events
    self.target = target
  }
}

extension IngestReport: CustomStringConvertible {
  package var description: String {
    var rows = [
      ("lines", "\(lines)"), ("rankings", "\(counts.rankings)"),
      ("interactions", "\(counts.interactions), \(counts.joined) joined"),
      ("item updates", "\(counts.itemUpdates)"), ("user updates", "\(counts.userUpdates)"),
      ("retractions", "\(counts.retractions)"),
      (isWritten ? "sessions written" : "sessions, not written", "\(sessions)"),
    ]
    if !hasPositions {
      rows.append(("positions", "the order of the items, as no item of the log has a position"))
    }
    if isSorted { rows.append(("order", "sorted by time, as lines were out of order")) }
    for (kind, sum) in feedback.sorted(by: { $0.key < $1.key }) {
      rows.append(("feedback \(kind)", "\(JSONValue.number(sum).serialized() as String) in all"))
    }
    for (type, count) in behaviours.sorted(by: { $0.key < $1.key }) {
      rows.append(("history \(type)", "\(count) in all"))
    }
    var lines = ["\(events.joined(separator: ", ")) -> \(target)"] + table(rows)
    for tally in counts.skipped {
      lines.append("  skipped: \(tally.reason.rawValue): \(tally.count)")
      lines += tally.examples.map { "    " + $0 }
    }
    return lines.joined(separator: "\n")
  }
}
