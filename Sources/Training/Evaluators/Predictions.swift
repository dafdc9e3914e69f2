import EvaluatorModel
import Features
import Tensors

/// Predictions beside what was logged, over the observed slots of one head.
struct HeadPredictions: Sendable {
  var predicted: [Double] = []
  var observed: [Double] = []
  /// Position of each entry in its list, from 0.
  var slot: [Int] = []
}

extension EvaluatorEnsemble {
  /// Predictions of the members' mean for logged sessions, by head.
  func predictions(
    _ cache: SessionCache, limit: Int = 20_000, workers: Workers
  ) throws -> [HeadPredictions] {
    let chunk = 128
    let count = min(limit, cache.count)
    var result = [HeadPredictions](repeating: HeadPredictions(), count: heads.count)
    // A few chunks at a time, so that a large log is never in memory as a whole.
    for start in stride(from: 0, to: count, by: chunk * 16) {
      let sessions = try cache.sessions(in: start..<min(count, start + chunk * 16))
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
          }
        }
      }
    }
    return result
  }
}

extension HeadPredictions {
  /// Log loss of a binary head; mean squared error, in units of the head, of a number.
  func loss(_ head: EvaluatorHead) -> Double {
    mean(head, observed, predicted)
  }

  /// The same for predictions that know the slot and nothing else: its mean over `training`.
  func baseRateLoss(_ head: EvaluatorHead, training: [Double]) -> Double {
    mean(head, observed, slot.map { training[$0] })
  }

  private func mean(_ head: EvaluatorHead, _ targets: [Double], _ values: [Double]) -> Double {
    guard !targets.isEmpty else { return 0 }
    return lossSum(head, targets, values) / Double(targets.count)
  }
}
