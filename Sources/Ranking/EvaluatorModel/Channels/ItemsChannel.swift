import Autodiff
import Networks

/// A small layer per item, concatenated along the list: what stands where.
struct ItemsChannel: EvaluatorChannel {
  static let name = "items"

  let summaryWidth: Int
  let slotWidth = 0
  private let layer: Linear

  init(
    _ configuration: EvaluatorConfiguration, width: Int, slots: Int,
    in builder: inout ParameterBuilder
  ) {
    layer = Linear(width, configuration.slotWidth, gain: 6, name: "slot", in: &builder)
    summaryWidth = slots * configuration.slotWidth
  }

  func callAsFunction(_ lists: ChannelInput, on tape: Tape) -> ChannelOutput {
    let perItem = lists.placed(on: tape) { layer($0, rectified: true, on: tape) }  // [L N, S]
    return ChannelOutput(summary: tape.reshape(perItem, rows: lists.count))  // [L, N S]
  }
}
