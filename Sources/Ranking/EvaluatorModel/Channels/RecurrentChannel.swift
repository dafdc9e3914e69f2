import Autodiff
import Networks

/// A recurrent state along the list, from the top down: what a reader has seen so far.
struct RecurrentChannel: EvaluatorChannel {
  static let name = "recurrent"

  let summaryWidth: Int
  var slotWidth: Int { summaryWidth }
  private let recurrent: GRU

  init(
    _ configuration: EvaluatorConfiguration, width: Int, slots: Int,
    in builder: inout ParameterBuilder
  ) {
    summaryWidth = configuration.recurrentWidth
    recurrent = GRU(width, summaryWidth, name: "recurrent", in: &builder)
  }

  func callAsFunction(_ lists: ChannelInput, on tape: Tape) -> ChannelOutput {
    let (placed, n) = (lists.placed, lists.slots)
    let states = recurrent.sequence(
      gates: recurrent.input(placed.parts, on: tape), picked: placed.picked, slots: n,
      on: tape)  // [L N, G]
    let last = lists.lengths.enumerated().map { Int32($0.offset * n + max(0, $0.element - 1)) }
    return ChannelOutput(summary: tape.gatherRows(states, last), rows: { states })  // [L, G]
  }
}
