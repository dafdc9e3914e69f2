/// Floating-point operations that a step of the reference needs, counted from its equations.
///
/// Two per multiply-add of the networks' products and of the pointer attention; activations,
/// softmax, layer normalisation, sampling and Adam are not counted. A gradient costs twice its
/// forward pass. What one request shares is counted once: MLP1 and the keys per candidate, the user's
/// part of every first layer per request. The same count holds for every implementation, so shares
/// of the peak compare: what one of them does beyond it is its own loss.
package struct StepOperations: Sendable {
  package let shape: ReferenceShape

  package init(_ shape: ReferenceShape) { self.shape = shape }

  /// Multiply-adds of `theta(w)`, per request: `W -> 64 -> S`.
  package var theta: Int {
    shape.weights * shape.hyperHidden + shape.hyperHidden * shape.generated
  }

  /// Multiply-adds before the first pick, per request: MLP1, keys, MLP2.
  package var encoding: Int {
    let s = shape
    let perItem = s.item * s.encoderHidden + s.encoderHidden * s.encoded + s.encoded * s.attention
    return s.user * s.encoderHidden + s.candidates * perItem
      + s.encoded * s.state + s.state * s.state
  }

  /// Multiply-adds of writing one list: N times GRU and query, and per step the local context and
  /// the score of each candidate that is still free.
  package var decoding: Int {
    let s = shape
    let free = (0..<s.length).reduce(0) { $0 + max(0, s.candidates - $1) }
    return s.length * (3 * s.state * (s.encoded + s.state) + s.state * s.attention)
      + free * s.attention * (s.local + 1)
  }

  /// Columns of the evaluator's layers over x: per-item channel, queries, keys and values, GRU.
  private var evaluatorColumns: Int {
    shape.slot + 3 * shape.evaluatorAttention + 3 * shape.recurrent
  }

  /// Multiply-adds of the user's part of the evaluator, per request.
  package var evaluatorRequest: Int { shape.user * evaluatorColumns }

  /// Multiply-adds of the evaluator per list, without the user's part.
  package var evaluatorList: Int {
    let s = shape
    let n = s.length
    let attention =
      2 * n * n * s.evaluatorAttention
      + n * s.evaluatorAttention * s.evaluatorAttentionOutputs
    let recurrence = n * 3 * s.recurrent * s.recurrent
    let pairwise = n * n * (s.item + s.user)
    let widths = [s.channels] + s.trunk + [n]
    let trunk = zip(widths, widths.dropFirst()).reduce(0) { $0 + $1.0 * $1.1 }
    return n * s.item * evaluatorColumns + attention + recurrence + pairwise + trunk
  }

  /// FLOPs of one REINFORCE step: encode once, K lists, the K and the logged one scored by a frozen
  /// evaluator, and the generator's gradient.
  package func generatorStep(batch: Int) -> Double {
    let generator = 3 * (theta + encoding + shape.lists * decoding)
    let scoring = evaluatorRequest + (shape.lists + 1) * evaluatorList
    return 2 * Double(batch * (generator + scoring))
  }

  /// FLOPs of one step of an evaluator on one list per request.
  package func evaluatorStep(batch: Int) -> Double {
    2 * Double(batch * 3 * (evaluatorRequest + evaluatorList))
  }

  /// FLOPs of one list for one request, theta(w) made anew or given.
  package func request(withTheta: Bool) -> Double {
    2 * Double((withTheta ? theta : 0) + encoding + decoding)
  }

  /// FLOPs of scoring lists of one request that was seen before.
  package func scoring(lists: Int) -> Double { 2 * Double(lists * evaluatorList) }
}
