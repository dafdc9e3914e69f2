package import Autodiff
package import Features
package import Networks
package import RandomStreams
import Tensors

/// Predicts the feedback of every slot of a list, seen as a whole.
///
/// Channels look at the encoded items of the list (`EvaluatorChannels`). Concatenated, normalised
/// and passed through the trunk their summaries describe the list; a head shared by all slots joins
/// that with what stands in and around the slot.
package struct Evaluator: Sendable {
  package let configuration: EvaluatorConfiguration
  package let layout: FeatureLayout
  package let heads: [EvaluatorHead]
  /// N
  package let slots: Int
  package var parameters: Parameters

  private let encoding: ItemEncoding
  private let channels: [any EvaluatorChannel]
  private let norm: LayerNorm
  private let trunk: MLP
  private let head: SlotHead

  /// - Parameter stream: draws the initial values.
  package init(
    _ configuration: EvaluatorConfiguration, layout: FeatureLayout, heads: [EvaluatorHead],
    slots: Int, stream: RandomStream
  ) {
    self.init(
      configuration, layout: layout, heads: heads, slots: slots, stream: stream,
      channels: EvaluatorChannels.all)
  }

  /// - Parameters:
  ///   - stream: draws the initial values.
  ///   - table: the channels among which the configuration chooses.
  package init(
    _ configuration: EvaluatorConfiguration, layout: FeatureLayout, heads: [EvaluatorHead],
    slots: Int, stream: RandomStream, channels table: [any EvaluatorChannel.Type]
  ) {
    self.configuration = configuration
    self.layout = layout
    self.heads = heads
    self.slots = slots
    var builder = ParameterBuilder(stream: stream)
    let c = configuration
    encoding = ItemEncoding(c, layout: layout, in: &builder)
    let width = encoding.width
    var channels: [any EvaluatorChannel] = []
    for channel in EvaluatorChannels.chosen(c.channels, from: table) {
      channels.append(channel.init(c, width: width, slots: slots, in: &builder))
    }
    self.channels = channels
    let summary = channels.reduce(0) { $0 + $1.summaryWidth }
    norm = LayerNorm(summary, name: "norm", in: &builder)
    trunk = MLP([summary] + c.trunk, activatesLast: true, name: "trunk", in: &builder)
    let around =
      3 * width + channels.reduce(0) { $0 + $1.slotWidth }
      + SlotRelations.perField * layout.item.categoricals.count + slots
    head = SlotHead(
      around: around, summary: c.trunk.last ?? 0, hidden: c.headHidden, slots: slots,
      heads: heads.count, in: &builder)
    parameters = builder.parameters
  }

  /// Raw outputs per slot and head: -> `[L N, heads]`; rows past a list's end mean nothing.
  package func outputs(_ batch: RequestBatch, _ lists: ListBatch, on tape: Tape) -> Variable {
    let n = slots
    let items = encoding(batch, on: tape)
    let placed = PlacedItems(items, batch: batch, lists: lists, slots: n, on: tape)
    let input = ChannelInput(
      items: items, placed: placed, lengths: lists.lengths(slots: n), slots: n)
    let seen = channels.map { $0(input, on: tape) }
    let summaries = tape.concatenate(seen.map(\.summary))
    let summary = trunk(norm(summaries, on: tape), on: tape)  // [L, T]
    return head(summary, slots: n, on: tape) {
      [
        tape.gatherRows(items.rows, placed.rows),
        tape.gatherRows(items.rows, placed.neighbours(by: -1)),
        tape.gatherRows(items.rows, placed.neighbours(by: 1)),
      ] + seen.compactMap { $0.rows?() } + [
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
  package func predict(_ batch: RequestBatch, _ lists: ListBatch) -> [[[Float]]] {
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
