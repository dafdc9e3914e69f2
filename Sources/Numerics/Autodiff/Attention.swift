import Tensors

extension Tape {
  /// Multi-head self-attention inside each list; see `listAttention`.
  ///
  /// `qkv [R, 3C]` -> `[B N, C]`; rows past a list's length come out 0 and get no gradient.
  ///
  /// - Parameter picked: row of qkv for every slot `[B N]`; in order when nil.
  package func attention(
    _ qkv: Variable, picked: [Int32]? = nil, slots: Int, heads: Int, lengths: [Int]
  ) -> Variable {
    let input = value(qkv)
    let shape = AttentionShape(input, picked: picked, slots: slots, heads: heads, lengths: lengths)
    let (output, weights) = listAttention(input, shape)
    guard recording else { return constant(output) }
    return record(output, from: [qkv]) { gradient, gradients in
      gradients.add(to: qkv) {
        addListAttentionPullback(gradient, qkv: input, weights: weights, shape, into: &$0)
      }
    }
  }
}
