import Autodiff
import Networks

/// Inner products of all pairs of the list's items: how alike they are.
struct PairwiseChannel: EvaluatorChannel {
  static let name = "pairwise"

  let summaryWidth: Int
  let slotWidth: Int
  private let projection: Linear

  init(
    _ configuration: EvaluatorConfiguration, width: Int, slots: Int,
    in builder: inout ParameterBuilder
  ) {
    projection = Linear(
      width, configuration.pairwiseWidth, bias: false, name: "pairwise", in: &builder)
    summaryWidth = slots * slots
    slotWidth = slots
  }

  func callAsFunction(_ lists: ChannelInput, on tape: Tape) -> ChannelOutput {
    let n = lists.slots
    let products = tape.pairwiseProducts(
      lists.placed(on: tape) { projection($0, on: tape) }, slots: n)  // [L, N N]
    return ChannelOutput(
      summary: products, rows: { tape.reshape(products, rows: lists.count * n) })
  }
}
