import Autodiff
import BehaviourModel
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
  /// What the user's history says of them, `[R, width]`; nil without one, or where nobody looks.
  let behaviours: Variable?
}

/// What the channels look at: candidates encoded together with their request, or, without an item
/// encoder, the inputs `[item; user; context]` as they are.
struct ItemEncoding: Sendable {
  private let item: MixedInput
  private let user: MixedInput
  private let context: MixedInput
  private let encoder: ItemEncoder?
  private let behaviours: BehaviourContext?
  /// Whether what the history says goes into the encoding of an item.
  private let isMixed: Bool
  /// H
  let width: Int
  /// Numbers of an item.
  var itemNumbers: Int { item.numbers }
  /// D_item
  var itemWidth: Int { item.width }
  /// D_request
  var requestWidth: Int { user.width + context.width }
  /// Of what the history says of an item.
  var behaviourWidth: Int { behaviours?.width ?? 0 }

  init(
    _ c: EvaluatorConfiguration, layout: FeatureLayout, in builder: inout ParameterBuilder
  ) {
    item = MixedInput(layout.item, name: "item", in: &builder)
    user = MixedInput(layout.user, name: "user", in: &builder)
    context = MixedInput(layout.context, name: "context", in: &builder)
    let request = user.width + context.width
    isMixed = !c.pointwise
    let behaviours = BehaviourContext(
      c.behaviours, layout: layout, items: item.width, in: &builder)
    self.behaviours = behaviours
    let own = item.width + (isMixed ? behaviours?.width ?? 0 : 0)
    guard c.itemHidden > 0 else {
      encoder = nil
      width = own + request
      return
    }
    encoder = ItemEncoder(
      items: own, request: request, hidden: c.itemHidden, fit: c.fitWidth,
      outputs: c.itemWidth, name: "encoder", in: &builder)
    width = c.itemWidth
  }

  /// - Parameters:
  ///   - encodes: false where nobody looks at what the encoder makes of the items; `rows` and `parts`
  ///     are the inputs then.
  ///   - remembers: false where nobody looks at what the history says by itself.
  func callAsFunction(
    _ batch: RequestBatch, encodes: Bool = true, remembers: Bool = true, on tape: Tape
  ) -> EncodedItems {
    let requests = tape.concatenate([user(batch.user, on: tape), context(batch.context, on: tape)])
    let items = item(batch.item, on: tape)
    let remembered =
      remembers || isMixed
      ? behaviours?(batch, candidates: items, input: item, on: tape) : nil
    func encoded(_ rows: Variable, _ parts: [(x: Variable, segments: [Int]?)]) -> EncodedItems {
      EncodedItems(
        rows: rows, parts: parts, inputs: items, requests: requests, behaviours: remembered)
    }
    if encoder != nil, !encodes { return encoded(items, [(items, nil)]) }
    let own = isMixed ? remembered.map { tape.concatenate([items, $0]) } ?? items : items
    guard let encoder else {
      let repeated = tape.repeatRows(requests, offsets: batch.offsets)
      return encoded(
        tape.concatenate([own, repeated]), [(own, nil), (requests, batch.offsets)])
    }
    let rows = encoder(own, requests: requests, offsets: batch.offsets, on: tape)
    return encoded(rows, [(rows, nil)])
  }
}
