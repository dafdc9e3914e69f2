package import Autodiff
import EvaluatorModel
package import Features
import Networks
package import ScreenModel
import Tensors

/// The steps of a private slice as operations of a tape.
///
/// The gradient of a last layer is a product of errors and hidden layers, so a step is made of ordinary
/// operations and the tape's one backward pass gives the exact meta-gradient
/// `(I - rate H) g`. `SliceFit` takes the same steps without a tape.
package struct InnerSteps: Sendable {
  package var count: Int
  /// Takes the gradient of a step as given: first order.
  package var isFirstOrder: Bool

  package init(count: Int, isFirstOrder: Bool) {
    self.count = count
    self.isFirstOrder = isFirstOrder
  }

  /// One head's slice on a tape: `[T, 1]`, and `[1, 1]` for the bias.
  private struct Slice {
    var weight: Variable
    var scale: Variable
    var shift: Variable
    var bias: Variable
  }

  /// Loss of the query with the slice that the support leads to, and without one, both `[1, 1]`; summed over
  /// the heads of chances, means over the places of which something is known.
  ///
  /// - Parameter rate: `[1, 1]`, the length of the steps.
  package func losses(
    _ ranker: ScreenRanker, support: [EncodedSession], query: [EncodedSession], rate: Variable,
    on tape: Tape
  ) -> (adapted: Variable, shared: Variable) {
    let (towers, offsets) = ranker.shownTowers(support + query, on: tape)
    let given = support.reduce(0) { $0 + $1.shown.count }
    let rows = tape.value(offsets).rows
    var adapted: [Variable] = []
    var shared: [Variable] = []
    for (h, head) in ranker.heads.enumerated() where head.kind == .binary {
      func part(_ range: Range<Int>) -> Part {
        let picked = range.map { Int32($0) }
        return Part(
          hidden: tape.gatherRows(towers[h], picked),
          offset: tape.gatherRows(tape.columns(h..<h + 1, of: offsets), picked))
      }
      let (earlier, later) = (part(0..<given), part(given..<rows))
      let layer = ranker.lastLayers[h]
      let start = Slice(
        weight: tape.parameter(layer.weight.position), scale: zeros(like: layer, ranker, on: tape),
        shift: zeros(like: layer, ranker, on: tape), bias: tape.parameter(layer.bias.position))
      var slice = start
      let targets = support.flatMap { $0.feedback[h] }
      for _ in 0..<count {
        slice = stepped(
          slice, earlier, targets: targets, rate: rate, share: ranker[shareOf: h], on: tape)
      }
      let asked = query.flatMap { $0.feedback[h] }
      let share = ranker[shareOf: h]
      adapted.append(loss(later, slice, asked, share: share, on: tape))
      shared.append(loss(later, start, asked, share: share, on: tape))
    }
    func sum(_ terms: [Variable]) -> Variable {
      guard let first = terms.first else { return tape.constant(Matrix(rows: 1, columns: 1)) }
      return terms.dropFirst().reduce(first) { tape.add($0, $1) }
    }
    return (sum(adapted), sum(shared))
  }

  /// The hidden layer of a head's tower `[n, T]` and what the scores say `[n, 1]`.
  private struct Part {
    let hidden: Variable
    let offset: Variable
  }

  private func zeros(
    like layer: (weight: ParameterID, bias: ParameterID), _ ranker: ScreenRanker, on tape: Tape
  ) -> Variable {
    tape.constant(Matrix(rows: ranker.parameters[layer.weight].rows, columns: 1))
  }

  /// `h (1 + scale) + shift`, `[n, T]`.
  private func seen(_ part: Part, _ slice: Slice, on tape: Tape) -> Variable {
    let rows = tape.value(part.hidden).rows
    func repeated(_ column: Variable) -> Variable {
      tape.repeatRows(tape.reshape(column, rows: 1), offsets: [0, rows])
    }
    let scaled = tape.elementwiseProduct(part.hidden, repeated(slice.scale))
    return tape.add(tape.add(part.hidden, scaled), repeated(slice.shift))
  }

  /// Logits `[n, 1]`.
  private func logits(
    _ part: Part, _ slice: Slice, share: Float, on tape: Tape
  ) -> Variable {
    let raw = tape.linear(seen(part, slice, on: tape), weight: slice.weight, bias: slice.bias)
    return tape.add(part.offset, tape.scale(raw, by: share))
  }

  private func loss(
    _ part: Part, _ slice: Slice, _ targets: [Float], share: Float, on tape: Tape
  ) -> Variable {
    let count = Float(max(1, targets.count { !$0.isNaN }))
    return tape.sigmoidCrossEntropy(
      logits(part, slice, share: share, on: tape), targets: targets.map { $0.isNaN ? 0 : $0 },
      weights: targets.map { $0.isNaN ? 0 : 1 / count })
  }

  private func stepped(
    _ slice: Slice, _ part: Part, targets: [Float], rate: Variable, share: Float, on tape: Tape
  ) -> Slice {
    let known = targets.map { $0.isNaN ? 0 : 1 as Float }
    let count = max(1, known.reduce(0, +))
    let n = targets.count
    let chance = tape.activation(.sigmoid, logits(part, slice, share: share, on: tape))
    let difference = tape.add(
      chance,
      tape.constant(
        Matrix(rows: n, columns: 1, scalars: targets.map { $0.isNaN ? 0 : -$0 })))
    // Of the mean loss: share (p - y) / n.
    let errors = tape.elementwiseProduct(
      difference,
      tape.constant(
        Matrix(rows: n, columns: 1, scalars: known.map { $0 * share / count })))
    let row = tape.reshape(errors, rows: 1)  // [1, n]
    let seen = seen(part, slice, on: tape)
    let ones = tape.constant(Matrix(rows: n, columns: 1, repeating: 1))
    let width = tape.value(slice.weight).rows
    func column(_ x: Variable) -> Variable { tape.reshape(x, rows: width) }
    let total = tape.linear(row, weight: ones)  // [1, 1]
    let hidden = column(tape.linear(row, weight: part.hidden))  // [T, 1]
    let slopes = [
      column(tape.linear(row, weight: seen)),
      tape.elementwiseProduct(hidden, slice.weight),
      tape.linear(slice.weight, weight: total),
      total,
    ]
    func moved(_ value: Variable, _ slope: Variable) -> Variable {
      let slope = isFirstOrder ? tape.constant(tape.value(slope)) : slope
      return tape.add(value, tape.scale(tape.linear(slope, weight: rate), by: -1))
    }
    return Slice(
      weight: moved(slice.weight, slopes[0]), scale: moved(slice.scale, slopes[1]),
      shift: moved(slice.shift, slopes[2]), bias: moved(slice.bias, slopes[3]))
  }
}
