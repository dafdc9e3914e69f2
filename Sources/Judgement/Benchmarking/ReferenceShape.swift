/// The sizes that measurements are made with, and the PyTorch reference too.
package struct ReferenceShape: Sendable, Equatable {
  /// M
  package var candidates = 50
  /// N
  package var length = 10
  /// K
  package var lists = 8
  /// W
  package var weights = 4
  /// Numbers per item and per user, together D.
  package var item = 96
  package var user = 64
  /// Local-context numbers per candidate and step.
  package var local = 8

  /// MLP1 `D -> 200 -> H`.
  package let encoderHidden = 200
  package let encoded = 128
  /// G
  package let state = 64
  /// A
  package let attention = 128
  package let hyperHidden = 64

  /// The evaluator's channels and the layers above them; its input is D wide.
  package let slot = 16
  package let evaluatorAttention = 128
  package let evaluatorHeads = 8
  package let evaluatorAttentionOutputs = 256
  package let recurrent = 64
  package let trunk = [512, 256, 128]

  package init() {}

  /// Width of the evaluator's concatenated channels.
  package var channels: Int {
    item + user + length * slot + evaluatorAttentionOutputs + recurrent + length * length
  }

  /// Numbers in theta(w): v, b, W_l, W_q and MLP2's last layer.
  package var generated: Int {
    2 * attention + (local + state) * attention + state * state + state
  }
}
