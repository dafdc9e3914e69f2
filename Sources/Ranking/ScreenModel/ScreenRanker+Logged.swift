package import Autodiff
package import Features
import Networks
import PointwiseModel

/// What the model expects of logged lists, and its loss over them.
extension ScreenRanker {
  /// Rows of the shown items of sessions, one behind the other, and the place of each.
  func shownRows(_ sessions: [EncodedSession]) -> (rows: [Int32], places: [ListPlace]) {
    var rows: [Int32] = []
    var places: [ListPlace] = []
    for session in sessions {
      let first = Int32(rows.count)
      let list = (0..<session.shown.count).map { first + Int32($0) }
      places += list.indices.map { place(at: $0, of: list) }
      rows += list
    }
    return (rows, places)
  }

  /// The place of a slot in a list that is known as a whole, as the model sees it.
  ///
  /// - Parameter list: rows of the batch's items.
  package func place(at slot: Int, of list: [Int32]) -> ListPlace {
    looksBelow
      ? ListPlace(
        slot: slot, above: Array(list[..<slot].suffix(Self.reach)),
        below: Array(list[(slot + 1)...].prefix(Self.reach)))
      : ListPlace(behind: Array(list[..<slot]))
  }

  /// Items on each side that a model which looks both ways sees.
  package static let reach = 6

  /// `[1, 1]`: `feedbackLoss` of the shown items.
  ///
  /// - Parameter total: sessions of the whole step.
  package func loss(_ sessions: [EncodedSession], of total: Int, on tape: Tape) -> Variable {
    tape.feedbackLoss(shownOutputs(sessions, on: tape), sessions, heads, of: total)
  }

  private func shownOutputs(_ sessions: [EncodedSession], on tape: Tape) -> Variable {
    let (rows, places) = shownRows(sessions)
    let prepared = prepared(RequestBatch(sessions.map(\.shownRequest)), on: tape)
    return outputs(prepared, rows: rows, places: places, on: tape)
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
    let (rows, places) = shownRows(sessions)
    let prepared = prepared(RequestBatch(sessions.map(\.shownRequest)), on: tape)
    return mixture.gateUse(
      prepared.mixture, rows: rows,
      moving: moving(prepared, rows: rows, places: places, on: tape), on: tape)
  }
}
