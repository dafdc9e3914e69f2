import Autodiff
import Networks
import Tensors

/// Attention of each slot's item over the items above it: what stands there already, as it matters to
/// this item (the second target attention of Kuaishou's on-device re-ranker, CIKM 2022). Additive
/// attention with one learned key for nothing above.
struct PlacedChannel: EvaluatorChannel {
  static let name = "placed"
  static let isUsual = false

  let summaryWidth: Int
  var slotWidth: Int { summaryWidth }
  private let query: Linear
  private let key: Linear
  private let value: Linear
  /// `[1, A]`
  private let score: ParameterID
  private let nothingKey: ParameterID
  private let nothingValue: ParameterID
  private let attention: Int

  init(
    _ configuration: EvaluatorConfiguration, width: Int, slots: Int,
    in builder: inout ParameterBuilder
  ) {
    // The kernels work in steps of 16.
    let attention = (configuration.attentionWidth + 15) / 16 * 16
    let values = configuration.recurrentWidth
    (self.attention, summaryWidth) = (attention, values)
    (query, key, value, score, nothingKey, nothingValue) = builder.scope("placed") { builder in
      (
        Linear(width, attention, name: "query", in: &builder),
        Linear(width, attention, bias: false, name: "key", in: &builder),
        Linear(width, values, gain: 6, name: "value", in: &builder),
        builder.normal("score", rows: 1, columns: attention, deviation: 0.3),
        builder.normal("nothing_key", rows: 1, columns: attention, deviation: 0.1),
        builder.normal("nothing_value", rows: 1, columns: values, deviation: 0.1)
      )
    }
  }

  func callAsFunction(_ lists: ChannelInput, on tape: Tape) -> ChannelOutput {
    let n = lists.slots
    let rows = lists.count * n
    // Slot t of a list looks at slots 0 ..< t and at nothing, which stands behind all rows.
    var order: [Int32] = []
    var ends = [0]
    for row in 0..<rows {
      if row % n < lists.lengths[row / n] {
        for above in row / n * n..<row { order.append(Int32(above)) }
      }
      order.append(Int32(rows))
      ends.append(order.count)
    }
    let placed = lists.placed
    func withNothing(_ x: Variable, _ nothing: ParameterID) -> Variable {
      tape.gatherRows(tape.stack([x, tape.parameter(nothing)]), order)
    }
    let seen = tape.additiveAttention(
      query: placed(on: tape) { query($0, on: tape) },
      key: withNothing(placed(on: tape) { key($0, on: tape) }, nothingKey),
      v: tape.parameter(score),
      bias: tape.constant(Matrix(rows: order.count, columns: 1)),
      value: withNothing(placed(on: tape) { value($0, rectified: true, on: tape) }, nothingValue),
      AdditiveShape(queries: Array(0...rows), keys: ends, width: attention))  // [L N, V]
    let mask = Matrix(
      rows: rows, columns: summaryWidth,
      scalars: (0..<rows).flatMap { row in
        [Float](repeating: row % n < lists.lengths[row / n] ? 1 : 0, count: summaryWidth)
      })
    let own = tape.elementwiseProduct(seen, tape.constant(mask))
    return ChannelOutput(
      summary: tape.meanOverLists(own, lengths: lists.lengths, slots: n), rows: { own })
  }
}
