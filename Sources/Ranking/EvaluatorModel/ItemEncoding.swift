import Autodiff
import FeatureInputs
import Features
import Networks

/// Items of a batch as the channels see them.
struct EncodedItems {
  /// `[R, H]`
  let rows: Variable
  /// The same in parts, as `Linear` takes them: what all candidates of a request share stands apart.
  let parts: [(x: Variable, segments: [Int]?)]
  /// Features of the items as they are, `[R, D_item]`, and of their requests, `[B, D_request]`.
  let inputs: Variable
  let requests: Variable
}

/// What the channels look at: candidates encoded together with their request, or, without an item
/// encoder, the inputs `[item; user; context]` as they are.
struct ItemEncoding: Sendable {
  private let item: MixedInput
  private let user: MixedInput
  private let context: MixedInput
  private let encoder: ItemEncoder?
  /// H
  let width: Int
  /// Numbers of an item.
  var itemNumbers: Int { item.numbers }
  /// D_item
  var itemWidth: Int { item.width }
  /// D_request
  var requestWidth: Int { user.width + context.width }

  init(
    _ c: EvaluatorConfiguration, layout: FeatureLayout, in builder: inout ParameterBuilder
  ) {
    item = MixedInput(layout.item, name: "item", in: &builder)
    user = MixedInput(layout.user, name: "user", in: &builder)
    context = MixedInput(layout.context, name: "context", in: &builder)
    let request = user.width + context.width
    guard c.itemHidden > 0 else {
      encoder = nil
      width = item.width + request
      return
    }
    encoder = ItemEncoder(
      items: item.width, request: request, hidden: c.itemHidden, fit: c.fitWidth,
      outputs: c.itemWidth, name: "encoder", in: &builder)
    width = c.itemWidth
  }

  /// - Parameter encodes: false where nobody looks at what the encoder makes of the items; `rows` and
  ///   `parts` are the inputs then.
  func callAsFunction(
    _ batch: RequestBatch, encodes: Bool = true, on tape: Tape
  ) -> EncodedItems {
    let requests = tape.concatenate([user(batch.user, on: tape), context(batch.context, on: tape)])
    let items = item(batch.item, on: tape)
    if encoder != nil, !encodes {
      return EncodedItems(
        rows: items, parts: [(items, nil)], inputs: items, requests: requests)
    }
    guard let encoder else {
      let repeated = tape.repeatRows(requests, offsets: batch.offsets)
      return EncodedItems(
        rows: tape.concatenate([items, repeated]),
        parts: [(items, nil), (requests, batch.offsets)], inputs: items, requests: requests)
    }
    let rows = encoder(items, requests: requests, offsets: batch.offsets, on: tape)
    return EncodedItems(
      rows: rows, parts: [(rows, nil)], inputs: items, requests: requests)
  }
}
