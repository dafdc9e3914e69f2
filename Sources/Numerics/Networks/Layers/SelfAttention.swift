package import Autodiff

/// Multi-head self-attention inside lists.
package struct SelfAttention: Sendable {
  package let heads: Int
  /// `I -> 3C`: queries, keys, values.
  package let projection: Linear
  /// `C -> O`
  package let output: Linear

  package init(
    _ inputs: Int, width: Int, heads: Int, outputs: Int, name: String,
    in builder: inout ParameterBuilder
  ) {
    precondition(width % heads == 0, "\(heads) heads do not divide width \(width)")
    self.heads = heads
    (projection, output) = builder.scope(name) { builder in
      (
        Linear(inputs, 3 * width, name: "projection", in: &builder),
        Linear(width, outputs, gain: 6, name: "output", in: &builder)
      )
    }
  }

  /// `x [B N, I]` -> `[B N, O]`; rows past a list's length see nothing and are seen by none.
  package func callAsFunction(
    _ x: Variable, slots: Int, lengths: [Int], on tape: Tape
  ) -> Variable {
    let mixed = tape.attention(
      projection(x, on: tape), slots: slots, heads: heads, lengths: lengths)
    return output(mixed, on: tape)
  }
}
