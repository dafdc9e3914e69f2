import Autodiff
import Networks
import Tensors

/// Attention of each candidate over what is already placed, beside the counted relations: the second
/// target attention of Kuaishou's on-device re-ranker (CIKM 2022), whose query is the candidate.
///
/// How much a candidate looks at another, and what that is worth to it, are products of their encodings. They
/// are made once per request for all pairs; a step only sums over what is placed. What it is worth is
/// also scaled by w.
struct PlacedAttention: Sendable {
  private let query: Linear
  private let key: Linear
  private let use: Linear
  private let value: Linear
  private let gate: Linear
  private let width: Int

  /// - Parameters:
  ///   - items: H, of an encoded item.
  ///   - objectives: W
  init(items: Int, width: Int, objectives: Int, in builder: inout ParameterBuilder) {
    self.width = width
    (query, key, use, value, gate) = builder.scope("placed") { builder in
      (
        Linear(items, width, bias: false, name: "query", in: &builder),
        Linear(items, width, bias: false, name: "key", in: &builder),
        Linear(items, width, name: "use", in: &builder),
        // Placed items do nothing at first.
        Linear(items, width, bias: false, gain: 0, name: "value", in: &builder),
        Linear(objectives, width, bias: false, gain: 1, name: "gate", in: &builder)
      )
    }
  }

  /// The pairs of every request.
  struct Pairs {
    let shape: PlacedShape
    let logits: Variable
    let gains: Variable

    /// What is added to the scores of all entries: `[1, entries]`; nil before anything is placed.
    func scores(_ lists: [[Int]], on tape: Tape) -> Variable? {
      guard lists.contains(where: { !$0.isEmpty }) else { return nil }
      return tape.placedAttention(shape, logits: logits, gains: gains, lists: lists)
    }
  }

  /// - Parameters:
  ///   - items: encoded candidates, `[R, H]`.
  ///   - weights: `[B, W]`.
  func pairs(_ items: Variable, weights: Variable, _ shape: PointerShape, on tape: Tape) -> Pairs {
    let used = use(items, on: tape)
    let gates = tape.repeatRows(gate(weights, on: tape), offsets: shape.offsets)
    let scaled = tape.scale(query(items, on: tape), by: 1 / Float(width).squareRoot())
    return Pairs(
      shape: PlacedShape(shape),
      logits: tape.requestProducts(scaled, key(items, on: tape), offsets: shape.offsets),
      gains: tape.requestProducts(
        tape.add(used, tape.elementwiseProduct(used, gates)), value(items, on: tape),
        offsets: shape.offsets))
  }
}
