import Autodiff
import RandomStreams
import Tensors

/// The generated layers of a decoder, one set per request: `theta(w) [B, S]`, cut up.
///
/// Order in a row: v [A], b [A], W_l [L A], W_q [G A], MLP2's last layer [G G] and its bias [G].
struct FinalLayers {
  let v: Variable
  let b: Variable
  let localWeights: Variable
  let queryWeights: Variable
  let startWeights: Variable
  let startBias: Variable

  init(_ theta: Variable, sizes: Sizes, on tape: Tape) {
    let cuts = sizes.cuts
    v = tape.columns(cuts[0], of: theta)
    b = tape.columns(cuts[1], of: theta)
    localWeights = tape.columns(cuts[2], of: theta)
    queryWeights = tape.columns(cuts[3], of: theta)
    startWeights = tape.columns(cuts[4], of: theta)
    startBias = tape.columns(cuts[5], of: theta)
  }

  /// A, L and G, which fix how many numbers are generated.
  struct Sizes: Sendable {
    let attention: Int
    let local: Int
    let state: Int

    var parts: [Int] {
      [attention, attention, local * attention, state * attention, state * state, state]
    }

    var total: Int { parts.reduce(0, +) }

    /// 1 where a number belongs to one of the layers, else 0: `[S]`.
    func mask(_ layers: [FinalLayer]) -> [Float] {
      let owners: [FinalLayer] = [.score, .score, .local, .query, .start, .start]
      return zip(parts, owners).flatMap { size, layer in
        [Float](repeating: layers.contains(layer) ? 1 : 0, count: size)
      }
    }

    var cuts: [Range<Int>] {
      var start = 0
      return parts.map { size in
        defer { start += size }
        return start..<start + size
      }
    }

    /// Start values of `theta_0`, each part scaled by what feeds into it; biases at 0.
    ///
    /// - Parameter scoresZero: v starts at 0, and with it all scores.
    func initial(_ stream: inout RandomStream, scoresZero: Bool = false) -> Matrix {
      let fanIn = [attention, 0, max(1, local), state, state, 0]
      var scalars: [Float] = []
      for (size, inputs) in zip(parts, fanIn) {
        let bound = inputs == 0 ? 0 : (3 / Double(inputs)).squareRoot()
        for _ in 0..<size { scalars.append(Float((2 * stream.uniform() - 1) * bound)) }
      }
      if scoresZero { for i in cuts[0] { scalars[i] = 0 } }
      return Matrix(rows: 1, columns: total, scalars: scalars)
    }
  }
}
