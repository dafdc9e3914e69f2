import Autodiff
import RandomStreams
import Tensors
import Testing

@Suite struct GatedSequenceTests {
  /// The same recurrence, one cell at a time: states in the order of the steps, each `[B, G]`.
  private func stepped(_ tape: Tape, lists: Int, slots n: Int, width: Int) -> [Variable] {
    var states: [Variable] = []
    var state = tape.constant(Matrix(rows: lists, columns: width))
    for t in 0..<n {
      let rows = (0..<lists).map { Int32($0 * n + t) }
      state = tape.gatedCell(
        x: tape.gatherRows(tape.parameter(0), rows),
        recurrent: tape.linear(state, weight: tape.parameter(1), bias: tape.parameter(2)),
        h: state)
      states.append(state)
    }
    return states
  }

  @Test(arguments: 1...8 as ClosedRange<UInt64>)
  func theSequenceIsTheCellStepByStep(seed: UInt64) throws {
    var random = RandomStream(seed: seed, "sequence")
    let (lists, n, width) = (random.size(1...4), random.size(1...6), random.size(1...20))
    let parameters = [
      random.matrix(lists * n, 3 * width), random.matrix(width, 3 * width, spread: 0.5),
      random.matrix(1, 3 * width),
    ]
    let weights = random.matrix(lists * n, width)

    let whole = Tape(parameters: parameters)
    let sequence = whole.gatedSequence(
      x: whole.parameter(0), weight: whole.parameter(1), bias: whole.parameter(2), slots: n)
    let loss = whole.weightedSum(sequence, weights: weights.scalars)

    let hand = Tape(parameters: parameters)
    var total = hand.constant(Matrix(rows: 1, columns: 1))
    for (t, state) in stepped(hand, lists: lists, slots: n, width: width).enumerated() {
      let rows = (0..<lists).map { Int32($0 * n + t) }
      let expected = hand.value(state)
      #expect(
        distance(whole.value(sequence).gathered(rows).scalars, expected.scalars) < 1e-6)
      total = hand.add(
        total, hand.weightedSum(state, weights: weights.gathered(rows).scalars))
    }

    let (found, expected) = (whole.gradients(of: loss), hand.gradients(of: total))
    for position in parameters.indices {
      let gradient = try #require(found[parameter: position])
      let byHand = try #require(expected[parameter: position])
      #expect(distance(gradient.scalars, byHand.scalars) < 2e-5)
    }
  }
}
