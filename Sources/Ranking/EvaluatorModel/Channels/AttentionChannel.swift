import Autodiff
import Networks

/// Self-attention over the list, pooled: what each item is among the others.
struct AttentionChannel: EvaluatorChannel {
  static let name = "attention"

  let summaryWidth: Int
  var slotWidth: Int { summaryWidth }
  private let attention: SelfAttention

  init(
    _ configuration: EvaluatorConfiguration, width: Int, slots: Int,
    in builder: inout ParameterBuilder
  ) {
    summaryWidth = configuration.attentionOutputs ?? configuration.attentionWidth
    attention = SelfAttention(
      width, width: configuration.attentionWidth, heads: configuration.heads,
      outputs: summaryWidth, name: "attention", in: &builder)
  }

  func callAsFunction(_ lists: ChannelInput, on tape: Tape) -> ChannelOutput {
    let placed = lists.placed
    let mixed = attention.output(
      tape.attention(
        attention.projection(placed.parts, on: tape), picked: placed.picked, slots: lists.slots,
        heads: attention.heads, lengths: lists.lengths), rectified: true, on: tape)  // [L N, C]
    return ChannelOutput(
      summary: tape.meanOverLists(mixed, lengths: lists.lengths, slots: lists.slots),  // [L, C]
      rows: { mixed })
  }
}

extension Tape {
  /// Mean over the first `lengths[l]` rows of each list of N: `[L N, C]` -> `[L, C]`.
  func meanOverLists(_ x: Variable, lengths: [Int], slots n: Int) -> Variable {
    var rows: [Int32] = []
    rows.reserveCapacity(lengths.count * n)
    var segments = [0]
    for (l, length) in lengths.enumerated() {
      for t in 0..<length { rows.append(Int32(l * n + t)) }
      segments.append(rows.count)
    }
    let weights = lengths.map { 1 / Float(max(1, $0)) }
    return gatheredSums(x, rows, segments: segments, weights: weights)
  }
}
