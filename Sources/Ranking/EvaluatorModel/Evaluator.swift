import Autodiff
import Features
import Networks
import RandomStreams
import Tensors

/// Predicts the feedback of every slot of a list, seen as a whole.
///
/// Five channels over the encoded items of the list: their sum; a small layer per item,
/// concatenated; self-attention, pooled; a recurrent state along the list; all pairwise inner
/// products. Concatenated, normalised and passed through the trunk they describe the list; a head
/// shared by all slots joins that with what stands in and around the slot.
public struct Evaluator: Sendable {
  public let configuration: EvaluatorConfiguration
  public let layout: FeatureLayout
  public let heads: [EvaluatorHead]
  /// N
  public let slots: Int
  public var parameters: Parameters

  private let encoding: ItemEncoding
  private let slotLayer: Linear
  private let attention: SelfAttention
  private let recurrent: GRU
  private let pairwise: Linear
  private let norm: LayerNorm
  private let trunk: MLP
  private let head: SlotHead

  /// - Parameter stream: draws the initial values.
  public init(
    _ configuration: EvaluatorConfiguration, layout: FeatureLayout, heads: [EvaluatorHead],
    slots: Int, stream: RandomStream
  ) {
    self.configuration = configuration
    self.layout = layout
    self.heads = heads
    self.slots = slots
    var builder = ParameterBuilder(stream: stream)
    let c = configuration
    encoding = ItemEncoding(c, layout: layout, in: &builder)
    let width = encoding.width
    slotLayer = Linear(width, c.slotWidth, gain: 6, name: "slot", in: &builder)
    let pooledWidth = c.attentionOutputs ?? c.attentionWidth
    attention = SelfAttention(
      width, width: c.attentionWidth, heads: c.heads, outputs: pooledWidth, name: "attention",
      in: &builder)
    recurrent = GRU(width, c.recurrentWidth, name: "recurrent", in: &builder)
    pairwise = Linear(width, c.pairwiseWidth, bias: false, name: "pairwise", in: &builder)
    let channels =
      width + slots * c.slotWidth + pooledWidth + c.recurrentWidth + slots * slots
    norm = LayerNorm(channels, name: "norm", in: &builder)
    trunk = MLP([channels] + c.trunk, activatesLast: true, name: "trunk", in: &builder)
    let around =
      3 * width + pooledWidth + c.recurrentWidth + slots
      + SlotRelations.perField * layout.item.categoricals.count + slots
    head = SlotHead(
      around: around, summary: c.trunk.last ?? 0, hidden: c.headHidden, slots: slots,
      heads: heads.count, in: &builder)
    parameters = builder.parameters
  }

  /// Raw outputs per slot and head: -> `[L N, heads]`; rows past a list's end mean nothing.
  public func outputs(_ batch: RequestBatch, _ lists: ListBatch, on tape: Tape) -> Variable {
    let n = slots
    let lengths = lists.lengths(slots: n)
    let items = encoding(batch, on: tape)
    let placed = PlacedItems(items, batch: batch, lists: lists, slots: n, on: tape)
    let ends = (0...lists.count).map { $0 * n }

    let sum = tape.gatheredSums(items.rows, placed.rows, segments: ends)  // [L, H]
    let perItem = tape.reshape(
      placed(on: tape) { slotLayer($0, rectified: true, on: tape) }, rows: lists.count)  // [L, N S]
    let mixed = attention.output(
      tape.attention(
        attention.projection(placed.parts, on: tape), picked: placed.picked, slots: n,
        heads: attention.heads, lengths: lengths), rectified: true, on: tape)  // [L N, C]
    let pooled = tape.gatherMean(mixed, lengths: lengths, slots: n)  // [L, C]
    let states = recurrent.sequence(
      gates: recurrent.input(placed.parts, on: tape), picked: placed.picked, slots: n, on: tape)
    let last = tape.gatherRows(
      states, lengths.enumerated().map { Int32($0.offset * n + max(0, $0.element - 1)) })  // [L, G]
    let products = tape.pairwiseProducts(
      placed(on: tape) { pairwise($0, on: tape) }, slots: n)  // [L, N N]

    let channels = tape.concatenate([sum, perItem, pooled, last, products])
    let summary = trunk(norm(channels, on: tape), on: tape)  // [L, T]
    return head(summary, slots: n, on: tape) {
      [
        tape.gatherRows(items.rows, placed.rows),
        tape.gatherRows(items.rows, placed.neighbours(by: -1)),
        tape.gatherRows(items.rows, placed.neighbours(by: 1)),
        mixed, states,
        tape.reshape(products, rows: lists.count * n),
        tape.constant(
          SlotRelations.values(
            rows: placed.rows, slots: n, item: batch.item,
            fields: layout.item.categoricals.count)),
        tape.constant(positions(lists.count)),
      ]
    }
  }

  /// Expected feedback per list, head and slot: probabilities, or numbers in their raw unit.
  ///
  /// - Returns: `[list][head][slot]`, as long as the list but at most N slots.
  public func predict(_ batch: RequestBatch, _ lists: ListBatch) -> [[[Float]]] {
    let tape = Tape(parameters: parameters.values, recording: false)
    let raw = tape.value(outputs(batch, lists, on: tape))  // [L N, heads]
    let probabilities = Activation.sigmoid.apply(to: raw.scalars)
    return lists.lengths(slots: slots).enumerated().map { l, length in
      heads.indices.map { h in
        (0..<length).map { t in
          let cell = (l * slots + t) * heads.count + h
          return heads[h].kind == .binary
            ? probabilities[cell] : raw.scalars[cell] * heads[h].unit
        }
      }
    }
  }

  /// One-hot positions `[L N, N]`.
  private func positions(_ lists: Int) -> Matrix {
    var result = Matrix(rows: lists * slots, columns: slots)
    for row in 0..<lists * slots { result[row, row % slots] = 1 }
    return result
  }
}

extension Tape {
  /// Mean over the first `lengths[l]` rows of each list of N: `[L N, C]` -> `[L, C]`.
  fileprivate func gatherMean(_ x: Variable, lengths: [Int], slots n: Int) -> Variable {
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
