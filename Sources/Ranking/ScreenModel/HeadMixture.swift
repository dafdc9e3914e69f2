import Autodiff
import Networks
import Tensors

/// From what is known of a candidate to one number per head: experts, a gate per head that mixes them, and
/// a tower per head whose last layer starts at 0.
///
/// Experts are normalised and end in a Swish (`x sigmoid(x)`), so that none of them dies and gates compare
/// like with like (HoME, arXiv 2408.05430). What is known comes in two parts: `fixed`, the same wherever a
/// candidate is placed, whose part of all layers is made once, and `moving`.
struct HeadMixture: Sendable {
  private let width: Int
  /// Experts that all heads share, and of each head its own; 0 for none.
  private let sharedCount: Int
  private let ownCount: Int
  private let shared: SplitLinear?
  private let sharedNorm: LayerNorm?
  private let heads: [Head]

  private struct Head: Sendable {
    let own: SplitLinear?
    let norm: LayerNorm?
    let gate: SplitLinear?
    let hidden: Linear
    let output: Linear
  }

  /// A linear layer over fixed and moving inputs side by side.
  private struct SplitLinear: Sendable {
    let fixed: Linear
    let moving: Linear

    init(
      _ fixed: Int, _ moving: Int, _ outputs: Int, name: String, in builder: inout ParameterBuilder
    ) {
      (self.fixed, self.moving) = builder.scope(name) { builder in
        (
          Linear(fixed, outputs, name: "fixed", in: &builder),
          Linear(moving, outputs, bias: false, name: "moving", in: &builder)
        )
      }
    }

    func callAsFunction(
      _ made: Variable, _ rows: [Int32], _ moving: Variable, on tape: Tape
    ) -> Variable {
      tape.add(tape.gatherRows(made, rows), self.moving(moving, on: tape))
    }
  }

  init(
    _ c: ScreenConfiguration, fixed: Int, moving: Int, heads: [String],
    in builder: inout ParameterBuilder
  ) {
    let width = c.expertWidth
    self.width = width
    let counts = c.mixture.experts(c.experts)
    (sharedCount, ownCount) = counts
    let start: Double = c.offsets ? 0 : 3
    (shared, sharedNorm, self.heads) = builder.scope("mixture") { builder in
      (
        counts.shared > 0
          ? SplitLinear(fixed, moving, counts.shared * width, name: "shared", in: &builder) : nil,
        counts.shared > 0 ? LayerNorm(width, name: "shared_norm", in: &builder) : nil,
        heads.map { name in
          builder.scope(name) { builder in
            Head(
              own: counts.own > 0
                ? SplitLinear(fixed, moving, counts.own * width, name: "own", in: &builder) : nil,
              norm: counts.own > 0 ? LayerNorm(width, name: "own_norm", in: &builder) : nil,
              gate: counts.shared + counts.own > 1
                ? SplitLinear(
                  fixed, moving, counts.shared + counts.own, name: "gate", in: &builder) : nil,
              hidden: Linear(width, c.tower, gain: 6, name: "hidden", in: &builder),
              output: Linear(c.tower, 1, gain: start, name: "output", in: &builder))
          }
        }
      )
    }
  }

  /// The fixed part of all layers, `[R, _]` each.
  struct Prepared {
    fileprivate let shared: Variable?
    fileprivate let own: [Variable?]
    fileprivate let gates: [Variable?]
  }

  /// - Parameter x: `[R, fixed]`.
  func prepared(_ x: Variable, on tape: Tape) -> Prepared {
    Prepared(
      shared: shared.map { $0.fixed(x, on: tape) },
      own: heads.map { head in head.own.map { $0.fixed(x, on: tape) } },
      gates: heads.map { head in head.gate.map { $0.fixed(x, on: tape) } })
  }

  /// `rows` of what was prepared, each with its `moving [rows, _]` -> `[rows, heads]`.
  func callAsFunction(
    _ prepared: Prepared, rows: [Int32], moving: Variable, on tape: Tape
  ) -> Variable {
    let towers = towers(prepared, rows: rows, moving: moving, on: tape)
    return tape.concatenate(zip(heads, towers).map { $0.output($1, on: tape) })
  }

  /// Where each head's last layer lies: weight `[T, 1]` and bias `[1, 1]`.
  var lastLayers: [(weight: ParameterID, bias: ParameterID)] {
    heads.map { head in
      guard let bias = head.output.bias else { preconditionFailure("the last layer has a bias") }
      return (head.output.weight, bias)
    }
  }

  /// The hidden layer of each head's tower, `[rows, T]` each.
  func towers(
    _ prepared: Prepared, rows: [Int32], moving: Variable, on tape: Tape
  ) -> [Variable] {
    let shared = experts(
      self.shared, sharedNorm, prepared.shared, count: sharedCount, rows, moving, on: tape)
    return heads.indices.map { h -> Variable in
      let head = heads[h]
      let own = experts(
        head.own, head.norm, prepared.own[h], count: ownCount, rows, moving, on: tape)
      let all = tape.concatenate([shared, own].compactMap(\.self))  // [rows, experts * width]
      var mixed = all
      if let gate = head.gate, let made = prepared.gates[h] {
        let count = sharedCount + ownCount
        mixed = tape.segmentAttention(
          scores: tape.reshape(gate(made, rows, moving, on: tape), rows: rows.count * count),
          values: tape.reshape(all, rows: rows.count * count),
          segments: (0...rows.count).map { $0 * count }, withNothing: false)
      }
      return head.hidden(mixed, rectified: true, on: tape)
    }
  }

  /// Experts side by side, `[rows, count * width]`.
  private func experts(
    _ layer: SplitLinear?, _ norm: LayerNorm?, _ made: Variable?, count: Int, _ rows: [Int32],
    _ moving: Variable, on tape: Tape
  ) -> Variable? {
    guard let layer, let norm, let made else { return nil }
    let stacked = tape.reshape(
      layer(made, rows, moving, on: tape), rows: rows.count * count)  // [rows * count, width]
    let normal = norm(stacked, on: tape)
    return tape.reshape(
      tape.elementwiseProduct(normal, tape.activation(.sigmoid, normal)), rows: rows.count)
  }

  /// How much each head's gate uses each expert, on average: `[head][expert]`; empty without gates.
  func gateUse(
    _ prepared: Prepared, rows: [Int32], moving: Variable, on tape: Tape
  ) -> [[Float]] {
    heads.indices.compactMap { h in
      guard let gate = heads[h].gate, let made = prepared.gates[h] else { return nil }
      let scores = tape.value(gate(made, rows, moving, on: tape))
      var use = [Float](repeating: 0, count: scores.columns)
      for row in 0..<scores.rows {
        let chances = maskedSoftmax(
          Array(scores.row(row)), excluded: use.map { _ in false }, offsets: [0, use.count]
        ).probabilities
        for (expert, chance) in chances.enumerated() { use[expert] += chance / Float(scores.rows) }
      }
      return use
    }
  }
}
