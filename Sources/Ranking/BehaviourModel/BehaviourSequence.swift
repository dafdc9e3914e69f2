import Autodiff
import FeatureInputs
import Features
import Networks
import Tensors

/// One sequence of behaviours, encoded and looked at by candidates (EdgeRec, Gong et al. 2020, arXiv
/// 2005.08416).
///
/// Items and actions are encoded apart, P and A: each by itself, or by a recurrent unit. Query and key of the
/// attention are items only, so that what is compared is of one kind; the value is both, fused by a layer
/// that also sees their products: an item counts for what was done with it.
/// One learned key stands for nothing, so that an empty history gives a context, too. What lies far
/// back counts by a learned slope over its age.
struct BehaviourSequence: Sendable {
  private let action: MixedInput
  private let itemInput: Linear
  private let actionInput: Linear
  private let itemState: GRU?
  private let actionState: GRU?
  private let query: Linear
  let key: Linear
  /// `[1, A]`
  private let score: ParameterID
  /// `[1, 1]`
  private let age: ParameterID
  /// `[1, A]` and `[1, V]`
  private let nothingKey: ParameterID
  private let nothingValue: ParameterID
  /// nil without actions.
  private let fusion: Fusion?
  /// V
  let width: Int
  /// A
  let attention: Int
  /// Most behaviours that are looked at.
  let length: Int
  /// Whether a behaviour is encoded without those before it.
  var encodesOneByOne: Bool { itemState == nil }

  /// - Parameter items: width of an item's features.
  init(
    _ c: BehaviourConfiguration, _ layout: HistoryLayout, items: Int,
    in builder: inout ParameterBuilder
  ) {
    let values = c.width
    let isRecurrent = c.encoder == .gru
    width = values
    attention = c.attention
    length = layout.length
    (
      action, itemInput, actionInput, itemState, actionState, query, key, score, age, nothingKey,
      nothingValue, fusion
    ) = builder.scope(layout.name) { builder in
      let action = MixedInput(layout.action, name: "action", in: &builder)
      return (
        action,
        Linear(items, c.width, gain: 6, name: "item_input", in: &builder),
        Linear(action.width, c.width, gain: 6, name: "action_input", in: &builder),
        isRecurrent ? GRU(c.width, c.width, name: "items", in: &builder) : nil,
        isRecurrent && c.actions ? GRU(c.width, c.width, name: "actions", in: &builder) : nil,
        Linear(items, c.attention, name: "query", in: &builder),
        Linear(c.width, c.attention, bias: false, name: "key", in: &builder),
        builder.normal("score", rows: 1, columns: c.attention, deviation: 0.3),
        builder.constant("age", rows: 1, columns: 1, value: -1),
        builder.normal("nothing_key", rows: 1, columns: c.attention, deviation: 0.1),
        builder.normal("nothing_value", rows: 1, columns: values, deviation: 0.1),
        c.actions ? Fusion(c.width, in: &builder) : nil
      )
    }
  }

  /// What the history says about each candidate: `[R, V]`.
  ///
  /// - Parameters:
  ///   - candidates: features of the candidates, `[R, D]`.
  ///   - items: features of the items of the history, `[S, D]`.
  ///   - offsets: start of each request's candidates, and the end.
  func callAsFunction(
    candidates: Variable, items: Variable, _ history: HistoryBatch, offsets: [Int], on tape: Tape
  ) -> Variable {
    let sequences = history.items.offsets
    let (keys, values) = encodings(items, history.actions, sequences: sequences, on: tape)
    return context(
      candidates: candidates, keys: keys, values: values, ages: history.ages,
      sequences: sequences, offsets: offsets, on: tape)
  }

  /// Keys `[S, A]` and values `[S, V]` of behaviours, of which each sequence is a range of rows.
  func encodings(
    _ items: Variable, _ actions: EncodedSide, sequences: [Int], on tape: Tape
  ) -> (keys: Variable, values: Variable) {
    let encodedItems = encoded(
      itemInput(items, rectified: true, on: tape), itemState, offsets: sequences, on: tape)
    var values = encodedItems
    if let fusion {
      let actions = actionInput(action(actions, on: tape), rectified: true, on: tape)
      values = fusion(
        encodedItems, encoded(actions, actionState, offsets: sequences, on: tape), on: tape)
    }
    return (key(encodedItems, on: tape), values)
  }

  /// The attention over encoded behaviours: keys `[S, A]`, values `[S, V]` and ages `[S]`, of which
  /// request b has `sequences[b] ..< sequences[b + 1]`.
  func context(
    candidates: Variable, keys: Variable, values: Variable, ages: [Float], sequences: [Int],
    offsets: [Int], on tape: Tape
  ) -> Variable {
    // Behind the behaviours of each request stands nothing.
    var order: [Int32] = []
    var ends = [0]
    for b in 0..<sequences.count - 1 {
      order += (sequences[b]..<sequences[b + 1]).map { Int32($0) } + [Int32(ages.count)]
      ends.append(order.count)
    }
    func withNothing(_ x: Variable, _ nothing: Variable) -> Variable {
      tape.gatherRows(tape.stack([x, nothing]), order)
    }
    let (nothingKey, nothingValue) = nothing(on: tape)
    return attended(
      candidates: candidates, keys: withNothing(keys, nothingKey),
      values: withNothing(values, nothingValue),
      biases: withNothing(
        slopes(ages, on: tape), tape.constant(Matrix(rows: 1, columns: 1))),
      ends: ends, offsets: offsets, on: tape)
  }

  /// The key `[1, A]` and the value `[1, V]` that stand for nothing.
  func nothing(on tape: Tape) -> (key: Variable, value: Variable) {
    (tape.parameter(nothingKey), tape.parameter(nothingValue))
  }

  /// How much behaviours of these ages count less: `[S, 1]`.
  func slopes(_ ages: [Float], on tape: Tape) -> Variable {
    tape.linear(
      tape.constant(Matrix(rows: ages.count, columns: 1, scalars: ages)),
      weight: tape.parameter(age))
  }

  /// The attention over keys, values and biases that end with those of nothing, of which request b has
  /// `ends[b] ..< ends[b + 1]`.
  func attended(
    candidates: Variable, keys: Variable, values: Variable, biases: Variable, ends: [Int],
    offsets: [Int], on tape: Tape
  ) -> Variable {
    tape.additiveAttention(
      query: query(candidates, on: tape), key: keys, v: tape.parameter(score), bias: biases,
      value: values, AdditiveShape(queries: offsets, keys: ends, width: attention))
  }

  /// One behaviour behind a state: its encoded item and its value, each one row, and the recurrent
  /// states after it.
  func step(
    _ row: EncodedHistory, items: Variable, from state: BehaviourState.Sequence, on tape: Tape
  ) -> (item: Variable, value: Variable, states: (item: [Float], action: [Float])) {
    func next(_ input: Variable, _ unit: GRU?, _ state: [Float]) -> (Variable, [Float]) {
      guard let unit else { return (input, []) }
      let h = Matrix(
        rows: 1, columns: unit.width,
        scalars: state.isEmpty ? [Float](repeating: 0, count: unit.width) : state)
      let after = unit.step(
        gates: unit.input(input, on: tape), h: tape.constant(h), on: tape)
      return (after, tape.value(after).scalars)
    }
    let (item, itemAfter) = next(itemInput(items, rectified: true, on: tape), itemState, state.item)
    guard let fusion else { return (item, item, (itemAfter, [])) }
    let (done, actionAfter) = next(
      actionInput(action(row.action, on: tape), rectified: true, on: tape), actionState,
      state.action)
    return (item, fusion(item, done, on: tape), (itemAfter, actionAfter))
  }

  /// The states along each sequence, `[S, G]`; without a recurrent unit the inputs as they are.
  private func encoded(
    _ inputs: Variable, _ unit: GRU?, offsets: [Int], on tape: Tape
  ) -> Variable {
    guard let unit, let rows = offsets.last, rows > 0 else { return inputs }
    let count = offsets.count - 1
    let longest = zip(offsets, offsets.dropFirst()).reduce(0) { max($0, $1.1 - $1.0) }
    // Sequences stand at the start of their slots: what runs on behind an end is never looked at.
    var picked = [Int32](repeating: -1, count: count * longest)
    var kept: [Int32] = []
    kept.reserveCapacity(rows)
    for b in 0..<count {
      for (slot, row) in (offsets[b]..<offsets[b + 1]).enumerated() {
        picked[b * longest + slot] = Int32(row)
        kept.append(Int32(b * longest + slot))
      }
    }
    let states = unit.sequence(
      gates: unit.input(inputs, on: tape), picked: picked, slots: longest, on: tape)
    return tape.gatherRows(states, kept)
  }
}

/// Encoded items and actions become one value: `relu(W [p; a; U p * V a] + b)`.
private struct Fusion: Sendable {
  private let item: Linear
  private let action: Linear
  private let output: Linear

  init(_ width: Int, in builder: inout ParameterBuilder) {
    (item, action, output) = builder.scope("fusion") { builder in
      (
        Linear(width, width, name: "item", in: &builder),
        Linear(width, width, name: "action", in: &builder),
        Linear(3 * width, width, gain: 6, name: "output", in: &builder)
      )
    }
  }

  /// `[S, G]` each -> `[S, G]`
  func callAsFunction(_ items: Variable, _ actions: Variable, on tape: Tape) -> Variable {
    let product = tape.elementwiseProduct(item(items, on: tape), action(actions, on: tape))
    return output(
      [(items, nil), (actions, nil), (product, nil)], rectified: true, on: tape)
  }
}
