import EvaluatorModel
import Features
import Statistics
import Tensors

/// Predictions beside what was logged, over the observed slots of one head.
struct HeadPredictions: Sendable {
  var predicted: [Double] = []
  var observed: [Double] = []
  /// Position of each entry in its list, from 0.
  var slot: [Int] = []
  /// Whose list each entry comes from: sessions of one user are no independent observations.
  var user: [UInt64] = []
}

extension EvaluatorEnsemble {
  /// Held-out sessions that are enough to judge by.
  static let measuredSessions = 20_000

  /// Predictions of the members' mean for logged sessions, by head.
  ///
  /// - Parameter indices: of the cache's sessions; a part evenly spread over all without it.
  func predictions(
    _ cache: SessionCache, at indices: [Int]? = nil, workers: Workers
  ) throws -> [HeadPredictions] {
    let indices = indices ?? cache.spread(Self.measuredSessions)
    let chunk = 128
    var result = [HeadPredictions](repeating: HeadPredictions(), count: heads.count)
    // A few chunks at a time, so that a large log is never in memory as a whole.
    for start in stride(from: 0, to: indices.count, by: chunk * 16) {
      let sessions = try cache.sessions(
        at: Array(indices[start..<min(indices.count, start + chunk * 16)]))
      let parts = Shards.ranges(sessions.count, (sessions.count + chunk - 1) / chunk)
      let predictions = workers.map(parts.count) { part -> [[[Float]]] in
        let own = sessions[parts[part]]
        return predict(
          RequestBatch(own.map(\.shownRequest)),
          ListBatch(own.map { Array($0.shown.indices) }), pessimism: 0)
      }
      for (session, lists) in zip(sessions, predictions.flatMap(\.self)) {
        for h in heads.indices {
          for (t, value) in lists[h].enumerated() where !session.feedback[h][t].isNaN {
            result[h].predicted.append(Double(value))
            result[h].observed.append(Double(session.feedback[h][t]))
            result[h].slot.append(t)
            result[h].user.append(session.userKey)
          }
        }
      }
    }
    return result
  }
}

extension SessionCache {
  /// At most `limit` sessions, evenly spread over the log, which may drift with time.
  func spread(_ limit: Int) -> [Int] {
    let chosen = min(limit, count)
    return (0..<chosen).map { $0 * count / chosen }
  }
}

extension HeadPredictions {
  /// How well the predictions order the places of a list by their feedback, above 0 or not.
  var gauc: Double? {
    let starts = slot.indices.filter { $0 == 0 || slot[$0] <= slot[$0 - 1] }
    return groupedAreaUnderCurve(
      scores: predicted, isPositive: observed.map { $0 > 0 },
      groups: zip(starts, starts.dropFirst() + [slot.count]).map { $0..<$1 })
  }

  /// Mean loss; see `slotLoss`.
  func loss(_ head: EvaluatorHead) -> Double { mean(losses(head, predicted)) }

  /// Loss of every entry had `values` been predicted.
  func losses(_ head: EvaluatorHead, _ values: [Double]) -> [Double] {
    zip(observed, values).map { slotLoss(head, observed: $0, predicted: $1) }
  }
}

/// 0 for nothing.
func mean(_ values: [Double]) -> Double {
  values.isEmpty ? 0 : values.reduce(0, +) / Double(values.count)
}
