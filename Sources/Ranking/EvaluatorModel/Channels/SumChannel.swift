import Autodiff
import Networks

/// The sum of the list's items: what is in it, whatever the order.
struct SumChannel: EvaluatorChannel {
  static let name = "sum"

  let summaryWidth: Int
  let slotWidth = 0

  init(
    _ configuration: EvaluatorConfiguration, width: Int, slots: Int,
    in builder: inout ParameterBuilder
  ) {
    summaryWidth = width
  }

  func callAsFunction(_ lists: ChannelInput, on tape: Tape) -> ChannelOutput {
    ChannelOutput(
      summary: tape.gatheredSums(lists.rows, lists.placed.rows, segments: lists.ends))  // [L, H]
  }
}
