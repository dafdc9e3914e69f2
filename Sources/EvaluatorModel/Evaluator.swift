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

  private let itemInput: MixedInput
  private let userInput: MixedInput
  private let contextInput: MixedInput
  private let encoder: ItemEncoder
  private let slotLayer: Linear
  private let attention: SelfAttention
  private let recurrent: GRU
  private let pairwise: Linear
  private let norm: LayerNorm
  private let trunk: MLP
  private let head: MLP

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
    itemInput = MixedInput(layout.item, name: "item", in: &builder)
    userInput = MixedInput(layout.user, name: "user", in: &builder)
    contextInput = MixedInput(layout.context, name: "context", in: &builder)
    encoder = ItemEncoder(
      items: itemInput.width, request: userInput.width + contextInput.width,
      hidden: c.itemHidden, fit: c.fitWidth, outputs: c.itemWidth, name: "encoder", in: &builder)
    slotLayer = Linear(c.itemWidth, c.slotWidth, gain: 6, name: "slot", in: &builder)
    attention = SelfAttention(
      c.itemWidth, width: c.attentionWidth, heads: c.heads, outputs: c.attentionWidth,
      name: "attention", in: &builder)
    recurrent = GRU(c.itemWidth, c.recurrentWidth, name: "recurrent", in: &builder)
    pairwise = Linear(c.itemWidth, c.pairwiseWidth, bias: false, name: "pairwise", in: &builder)
    let channels =
      c.itemWidth + slots * c.slotWidth + c.attentionWidth + c.recurrentWidth + slots * slots
    norm = LayerNorm(channels, name: "norm", in: &builder)
    trunk = MLP([channels] + c.trunk, activatesLast: true, name: "trunk", in: &builder)
    let slotInputs =
      3 * c.itemWidth + c.attentionWidth + c.recurrentWidth + slots
      + SlotRelations.perField * layout.item.categoricals.count + slots
      + (c.trunk.last ?? 0)
    head = MLP([slotInputs, c.headHidden, heads.count], name: "head", in: &builder)
    parameters = builder.parameters
  }

  /// Raw outputs per slot and head: -> `[L N, heads]`; rows past a list's end mean nothing.
  public func outputs(_ batch: RequestBatch, _ lists: ListBatch, on tape: Tape) -> Variable {
    let n = slots
    let rows = lists.rows(in: batch, slots: n)
    let lengths = lists.lengths(slots: n)
    let encoded = encode(batch, on: tape)  // [R, H]
    let x = tape.gatherRows(encoded, rows)  // [L N, H], zeros past the end
    let ends = (0...lists.count).map { $0 * n }

    let sum = tape.scale(tape.segmentMean(x, offsets: ends), by: Float(n))  // [L, H]
    // A slot past the end adds nothing, not even the layer's bias.
    let present = rows.indices.map { rows[$0] >= 0 ? Int32($0) : -1 }
    let perItem = tape.reshape(
      tape.gatherRows(tape.activation(.relu, slotLayer(x, on: tape)), present),
      rows: lists.count)  // [L, N S]
    let mixed = tape.activation(
      .relu, attention(x, slots: n, lengths: lengths, on: tape))  // [L N, C]
    let pooled = tape.gatherMean(mixed, lengths: lengths, slots: n)  // [L, C]
    let states = recurrent.sequence(x, slots: n, on: tape)  // [L N, G]
    let last = tape.gatherRows(
      states, lengths.enumerated().map { Int32($0.offset * n + max(0, $0.element - 1)) })  // [L, G]
    let products = tape.pairwiseProducts(pairwise(x, on: tape), slots: n)  // [L, N N]

    let channels = tape.concatenate([sum, perItem, pooled, last, products])
    let summary = trunk(norm(channels, on: tape), on: tape)  // [L, T]

    let slotInputs = tape.concatenate([
      x,
      tape.gatherRows(encoded, neighbours(rows, by: -1)),
      tape.gatherRows(encoded, neighbours(rows, by: 1)),
      mixed, states,
      tape.reshape(products, rows: lists.count * n),
      tape.constant(
        SlotRelations.values(
          rows: rows, slots: n, item: batch.item, fields: layout.item.categoricals.count)),
      tape.constant(positions(lists.count)),
      tape.repeatRows(summary, offsets: ends),
    ])
    return head(slotInputs, on: tape)
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

  private func encode(_ batch: RequestBatch, on tape: Tape) -> Variable {
    let requests = tape.concatenate([
      userInput(batch.user, on: tape), contextInput(batch.context, on: tape),
    ])  // [B, D_request]
    return encoder(
      itemInput(batch.item, on: tape), requests: requests, offsets: batch.offsets, on: tape)
  }

  /// Item row of the slot above (by -1) or below (by 1), negative where there is none.
  private func neighbours(_ rows: [Int32], by step: Int) -> [Int32] {
    rows.indices.map { i in
      let slot = i % slots + step
      return rows[i] >= 0 && slot >= 0 && slot < slots ? rows[i + step] : -1
    }
  }

  /// One-hot positions `[L N, N]`.
  private func positions(_ lists: Int) -> Matrix {
    var result = Matrix(rows: lists * slots, columns: slots)
    for row in 0..<lists * slots { result[row, row % slots] = 1 }
    return result
  }
}

extension MixedInput {
  init(_ side: SideLayout, name: String, in builder: inout ParameterBuilder) {
    self.init(
      numbers: side.numbers.count,
      categoricals: side.categoricals.map { ($0.name, $0.rows, $0.dimension) },
      bags: side.bags.map { ($0.name, $0.rows, $0.dimension) }, name: name, in: &builder)
  }

  func callAsFunction(_ side: EncodedSide, on tape: Tape) -> Variable {
    self(
      rows: side.rows, numbers: side.numbers, indices: side.indices,
      bagOffsets: side.bagOffsets, bagIndices: side.bagIndices, on: tape)
  }
}

extension Tape {
  /// Mean over the first `lengths[l]` rows of each list of N: `[L N, C]` -> `[L, C]`.
  fileprivate func gatherMean(_ x: Variable, lengths: [Int], slots n: Int) -> Variable {
    var rows: [Int32] = []
    var offsets = [0]
    for (l, length) in lengths.enumerated() {
      rows += (0..<length).map { Int32(l * n + $0) }
      offsets.append(rows.count)
    }
    return segmentMean(gatherRows(x, rows), offsets: offsets)
  }
}
