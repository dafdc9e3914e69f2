package import Autodiff
package import EvaluatorModel
package import Features
package import Networks
import Tensors

/// The feedback of an encoded item in a slot of the list.
///
/// It is trained with the slot in which the item was shown as a one-hot input and asked with the
/// first slot for every candidate. So what slots do to feedback has an input of its own and need
/// not be put down to the items that the logging policy placed there.
package struct ItemSlotHead: Sendable {
  /// The slot that candidates are compared in.
  static let reference = 0

  package let heads: [EvaluatorHead]
  /// Slots told apart; later ones count as the last.
  let slots: Int
  let mlp: MLP

  package init(
    _ inputs: Int, slots: Int, hidden: Int, heads: [EvaluatorHead],
    in builder: inout ParameterBuilder
  ) {
    self.heads = heads
    self.slots = slots
    mlp = MLP([inputs + slots, hidden, heads.count], name: "head", in: &builder)
  }

  /// Loss of the shown items: per session the mean over its slots, divided by `total`; summed over
  /// the heads.
  ///
  /// - Parameters:
  ///   - x: `[shown items, H]`, session by session from the top of its list down.
  ///   - total: sessions of the whole step.
  package func loss(
    _ x: Variable, _ sessions: [EncodedSession], of total: Int, on tape: Tape
  ) -> Variable {
    tape.feedbackLoss(
      outputs(x, slot: sessions.flatMap { Array($0.shown.indices) }, on: tape), sessions, heads,
      of: total)
  }

  /// Feedback of every candidate in the reference slot: `[request][head][M]`.
  ///
  /// - Parameter x: `[R, H]`; request b has rows `offsets[b] ..< offsets[b + 1]`.
  package func values(_ x: Variable, offsets: [Int], on tape: Tape) -> [[[Float]]] {
    let rows = tape.value(x).rows
    let raw = tape.value(
      outputs(x, slot: [Int](repeating: Self.reference, count: rows), on: tape))
    let probabilities = Activation.sigmoid.apply(to: raw.scalars)
    return offsets.indices.dropLast().map { b in
      heads.indices.map { h in
        (offsets[b]..<offsets[b + 1]).map { row in
          let cell = row * heads.count + h
          return heads[h].kind == .binary
            ? probabilities[cell] : raw.scalars[cell] * heads[h].unit
        }
      }
    }
  }

  /// `x [R, H]` and a slot per row -> `[R, heads]`
  private func outputs(_ x: Variable, slot: [Int], on tape: Tape) -> Variable {
    var oneHot = Matrix(rows: slot.count, columns: slots)
    for (row, slot) in slot.enumerated() { oneHot[row, min(slot, slots - 1)] = 1 }
    return mlp(tape.concatenate([x, tape.constant(oneHot)]), on: tape)
  }
}
