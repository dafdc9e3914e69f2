package import Autodiff
package import Features
import Foundation
package import Networks
package import RandomStreams
import Tensors

/// Predicts the feedback of every slot of a list, seen as a whole.
///
/// Channels look at the encoded items of the list (`EvaluatorChannels`). Concatenated, normalised
/// and passed through the trunk their summaries describe the list; a head shared by all slots joins
/// that with what stands in and around the slot. With `pointwise`, what an item earns by itself
/// comes first (`PointwiseTerms`), and all that is a correction to it (`EvaluatorCorrection`).
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
  private let pointwise: PointwiseTerms?

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
      heads: heads.count, startsAtZero: c.pointwise, in: &builder)
    pointwise =
      c.pointwise
      ? PointwiseTerms(
        c, encoding: encoding, fields: layout.item.categoricals.count, slots: slots,
        heads: heads, in: &builder) : nil
    parameters = builder.parameters
  }

  /// Share of a correction, 0 to 1, which `outputs` leaves out at 0; 1 without pointwise terms, 0 for
  /// behaviours without a history.
  package subscript(share correction: EvaluatorCorrection) -> Float {
    get {
      guard let shares = pointwise.map({ parameters[$0.shares].scalars }) else { return 1 }
      return correction.rawValue < shares.count ? shares[correction.rawValue] : 0
    }
    set {
      guard let pointwise, correction.rawValue < parameters[pointwise.shares].columns else {
        return
      }
      parameters.values[pointwise.shares.position].scalars[correction.rawValue] = newValue
    }
  }

  /// Sets what each slot earns before anything is known of its item, as logits or numbers in units.
  ///
  /// - Parameter effects: `[head][slot]`.
  package mutating func start(at effects: [[Float]]) {
    guard let pointwise else { return }
    for (h, row) in effects.enumerated() {
      var row = row
      if heads[h].isExamined, let attraction = pointwise.attraction {
        let split = Self.examination(row)
        row = split.effects
        parameters.values[attraction.position][0, h] = split.attraction
      }
      for (t, value) in row.enumerated() {
        parameters.values[pointwise.slotEffects.position][t, h] = value
      }
    }
  }

  /// Logits of what slots earn, taken apart into the chance of an item that is looked at and the chance
  /// that each slot is. The first is a little above the best slot's, so that all chances lie
  /// below 1.
  private static func examination(
    _ logits: [Float]
  ) -> (effects: [Float], attraction: Float) {
    func logit(_ p: Float) -> Float { logf(p / (1 - p)) }
    let earned = Activation.sigmoid.apply(to: logits)
    let best = min(earned.max() ?? 0.5, 0.999)
    let attraction = min(1.1 * best, (1 + best) / 2)
    return (earned.map { logit(min(max($0 / attraction, 1e-4), 0.999)) }, logit(attraction))
  }

  /// Raw outputs per slot and head: -> `[L N, heads]`; rows past a list's end mean nothing.
  package func outputs(_ batch: RequestBatch, _ lists: ListBatch, on tape: Tape) -> Variable {
    let n = slots
    let items = encoding(
      batch, encodes: encodes, remembers: self[share: .behaviours] > 0, on: tape)
    let placed = PlacedItems(items, batch: batch, lists: lists, slots: n, on: tape)
    guard let pointwise else { return listOutputs(items, placed, batch, lists, on: tape) }
    let single = pointwise.items(items, batch, share: { self[share: $0] }, on: tape)
    let effects = pointwise.effects(lists: lists.count, slots: n, on: tape)
    let examined = heads.map(\.isExamined)
    let adds = !examined.contains(true)
    var sum = tape.gatherRows(single, placed.rows)
    if adds { sum = tape.add(effects, sum) }
    if self[share: .relations] > 0 {
      let counted = SlotRelations.values(
        rows: placed.rows, slots: n, item: batch.item, fields: layout.item.categoricals.count)
      let relations = pointwise.relations(
        items.inputs, placed, slots: n, counted: counted, on: tape)
      sum = tape.add(sum, tape.scale(relations, by: self[share: .relations]))
    }
    if self[share: .channels] > 0 {
      sum = tape.add(
        sum,
        tape.scale(
          listOutputs(items, placed, batch, lists, on: tape), by: self[share: .channels]))
    }
    // With examination the slot's chance is a factor of all that stands in it.
    return adds ? sum : tape.joined(effects, sum, products: examined)
  }

  /// What this member gives to the terms that lists are written with; needs pointwise terms.
  ///
  /// - Parameter bent: numbers of the batch's items, see `PointwiseTerms.bent`.
  func sequentialTerms(_ batch: RequestBatch, bent: Matrix) -> SequentialTerms.Member {
    guard let pointwise else { preconditionFailure("this evaluator has no pointwise terms") }
    let tape = Tape(parameters: parameters.values, recording: false)
    let items = encoding(
      batch, encodes: self[share: .encoded] > 0, remembers: self[share: .behaviours] > 0, on: tape)
    let single = pointwise.items(
      items, batch, bent: bent, share: { self[share: $0] }, on: tape)
    let share = self[share: .relations]
    return SequentialTerms.Member(
      single: tape.value(single), effects: parameters[pointwise.slotEffects],
      examined: heads.map(\.isExamined),
      relations: share > 0
        ? (pointwise.relations.projected(items.inputs, on: tape), pointwise.relations, share)
        : nil)
  }

  /// Whether anything looks at encoded items.
  private var encodes: Bool { self[share: .encoded] > 0 || self[share: .channels] > 0 }

  /// What channels, trunk and head make of the list: `[L N, heads]`.
  private func listOutputs(
    _ items: EncodedItems, _ placed: PlacedItems, _ batch: RequestBatch, _ lists: ListBatch,
    on tape: Tape
  ) -> Variable {
    let n = slots
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
