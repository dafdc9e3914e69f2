package import Autodiff
package import Features
import Networks
import PointwiseModel

/// What the model expects of logged lists, and its loss over them.
extension ScreenRanker {
  /// Rows of the shown items of sessions, one behind the other, and what stands above each.
  func shownRows(_ sessions: [EncodedSession]) -> (rows: [Int32], above: [[Int32]]) {
    var rows: [Int32] = []
    var above: [[Int32]] = []
    for session in sessions {
      let first = Int32(rows.count)
      for slot in session.shown.indices {
        above.append(Array(first..<first + Int32(slot)))
        rows.append(first + Int32(slot))
      }
    }
    return (rows, above)
  }

  /// `[1, 1]`: `feedbackLoss` of the shown items.
  ///
  /// - Parameter total: sessions of the whole step.
  package func loss(_ sessions: [EncodedSession], of total: Int, on tape: Tape) -> Variable {
    tape.feedbackLoss(shownOutputs(sessions, on: tape), sessions, heads, of: total)
  }

  private func shownOutputs(_ sessions: [EncodedSession], on tape: Tape) -> Variable {
    let (rows, above) = shownRows(sessions)
    let prepared = prepared(RequestBatch(sessions.map(\.shownRequest)), on: tape)
    return outputs(prepared, rows: rows, above: above, on: tape)
  }

  /// What the model expects of the shown items, each below those above it:
  /// `[session][slot][head]`.
  package func predictions(_ sessions: [EncodedSession]) -> [[[Float]]] {
    let tape = Tape(parameters: parameters.values, recording: false)
    var rows = predictions(tape.value(shownOutputs(sessions, on: tape)))[...]
    return sessions.map { session in
      defer { rows = rows.dropFirst(session.shown.count) }
      return Array(rows.prefix(session.shown.count))
    }
  }

  /// How much each head's gate uses each expert over the shown items: `[head][expert]`.
  package func gateUse(_ sessions: [EncodedSession]) -> [[Float]] {
    let tape = Tape(parameters: parameters.values, recording: false)
    let (rows, above) = shownRows(sessions)
    let prepared = prepared(RequestBatch(sessions.map(\.shownRequest)), on: tape)
    return mixture.gateUse(
      prepared.mixture, rows: rows,
      moving: moving(prepared, rows: rows, above: above, on: tape), on: tape)
  }
}
