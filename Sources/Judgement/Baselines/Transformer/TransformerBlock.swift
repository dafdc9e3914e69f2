import Autodiff
import Networks

/// Self-attention and feed-forward, each added to its input and normalised (Vaswani et al. 2017):
/// `y = norm(x + attention(x))`, `norm(y + mlp(y))`.
struct TransformerBlock: Sendable {
  let attention: SelfAttention
  let afterAttention: LayerNorm
  let feedForward: MLP
  let afterFeedForward: LayerNorm

  init(
    _ width: Int, heads: Int, hidden: Int, name: String, in builder: inout ParameterBuilder
  ) {
    (attention, afterAttention, feedForward, afterFeedForward) = builder.scope(name) { builder in
      (
        SelfAttention(
          width, width: width, heads: heads, outputs: width, name: "attention", in: &builder),
        LayerNorm(width, name: "after_attention", in: &builder),
        MLP([width, hidden, width], name: "feed_forward", in: &builder),
        LayerNorm(width, name: "after_feed_forward", in: &builder)
      )
    }
  }

  /// `x [B N, H]` -> `[B N, H]`; rows past a list's length are seen by none.
  func callAsFunction(_ x: Variable, slots: Int, lengths: [Int], on tape: Tape) -> Variable {
    let y = afterAttention(
      tape.add(x, attention(x, slots: slots, lengths: lengths, on: tape)), on: tape)
    return afterFeedForward(tape.add(y, feedForward(y, on: tape)), on: tape)
  }
}
