import Tensors

extension Tape {
  /// Multi-head self-attention inside each list; see `listAttention`.
  ///
  /// `qkv [B N, 3C]` -> `[B N, C]`; rows past a list's length come out 0 and get no gradient.
  public func attention(_ qkv: Variable, slots: Int, heads: Int, lengths: [Int]) -> Variable {
    let input = value(qkv)
    let (output, weights) = listAttention(input, slots: slots, heads: heads, lengths: lengths)
    return record(output, from: [qkv]) { gradient, gradients in
      gradients.add(to: qkv) {
        addListAttentionPullback(
          gradient, qkv: input, weights: weights, slots: slots, heads: heads, lengths: lengths,
          into: &$0)
      }
    }
  }
}
