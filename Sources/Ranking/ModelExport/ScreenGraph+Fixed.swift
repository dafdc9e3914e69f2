import Features
import Foundation
import ScreenModel

/// What no place of the list changes: offsets, what was watched, and pairs of candidates.
extension ScreenGraph {
  /// What the scores say: `[M, heads]`.
  func offsets(
    _ item: GraphSides.Side, _ zeros: Graph.Value, in graph: inout Graph
  ) throws -> Graph.Value {
    let bias = graph.add(try sides.weight("bias", in: &graph), zeros)
    guard configuration.offsets, !scorePlaces.isEmpty else { return bias }
    let scores = graph.gather(
      item.numbers, graph.constant(ints: scorePlaces, [scorePlaces.count]), axis: 1)
    return graph.add(graph.product(scores, try sides.weight("offsets", in: &graph)), bias)
  }

  /// Differences of scores and equal categories of all pairs, `[M, L, _]`; nil for none.
  func compared(
    _ item: GraphSides.Side, _ others: GraphSides.Side, in graph: inout Graph
  ) -> (scores: Graph.Value?, equal: Graph.Value?) {
    var scores: Graph.Value?
    if !scorePlaces.isEmpty {
      let places = graph.constant(ints: scorePlaces, [scorePlaces.count])
      scores = graph.subtract(
        graph.unsqueeze(graph.gather(item.numbers, places, axis: 1), [1]),
        graph.unsqueeze(graph.gather(others.numbers, places, axis: 1), [0]))
    }
    var equal: Graph.Value?
    if let own = item.indices, let other = others.indices {
      let known = graph.node(
        "Greater",
        [graph.unsqueeze(own, [1]), graph.constant(ints: [Int(CategoricalField.missingRow)], [])])
      let same = graph.node(
        "Equal", [graph.unsqueeze(own, [1]), graph.unsqueeze(other, [0])])
      equal = graph.float(graph.node("And", [known, same]))
    }
    return (scores, equal)
  }

  /// A layer over comparisons `[scores | age | places | equal]` of pairs, by parts, so that what a loop
  /// changes can be added later.
  func comparison(
    _ name: String, _ compared: (scores: Graph.Value?, equal: Graph.Value?), in graph: inout Graph
  ) throws -> (made: Graph.Value?, age: Graph.Value, places: Graph.Value) {
    let weight = try sides.weight("\(name).weight", in: &graph)
    let scores = scorePlaces.count
    var made: Graph.Value?
    func take(_ part: Graph.Value?, from start: Int, to end: Int) {
      guard let part, end > start else { return }
      let own = graph.product(part, graph.slice(weight, from: start, to: end, axis: 0))
      made = made.map { graph.add($0, own) } ?? own
    }
    take(compared.scores, from: 0, to: scores)
    take(
      compared.equal, from: scores + 2, to: scores + 2 + schema.layout.item.categoricals.count)
    return (
      made, graph.slice(weight, from: scores, to: scores + 1, axis: 0),
      graph.slice(weight, from: scores + 1, to: scores + 2, axis: 0)
    )
  }

  /// `log2(x) / 4`
  func scaled(_ x: Graph.Value, in graph: inout Graph) -> Graph.Value {
    graph.multiply(graph.node("Log", [x]), graph.constant(Float(1 / (4 * log(2.0)))))
  }

  /// Softmax over the pairs of each candidate and nothing, of their hidden layers: `[M, A]`.
  ///
  /// - Parameters:
  ///   - hidden: `[M, L, A]`.
  ///   - open: `[L]` or nil, 1 for the others that take part.
  func attended(
    _ name: String, _ hidden: Graph.Value, open: Graph.Value? = nil, _ zeros: Graph.Value,
    in graph: inout Graph
  ) throws -> Graph.Value {
    var scores = graph.squeeze(
      graph.product(hidden, try sides.weight("\(name).score.weight", in: &graph)), [2])  // [M, L]
    if let open {
      let closed = graph.multiply(
        graph.subtract(open, graph.constant(1)), graph.constant(1e9))
      scores = graph.add(scores, graph.unsqueeze(closed, [0]))
    }
    let chances = graph.node(
      "Softmax", [graph.concatenate([scores, zeros], axis: 1)], ["axis": .int(1)])
    let own = graph.slice(chances, from: 0, to: -1, axis: 1)
    return graph.sum(graph.multiply(graph.unsqueeze(own, [2]), hidden), axes: [1])
  }

  func watched(
    _ history: HistoryLayout, _ item: GraphSides.Side, _ zeros: Graph.Value, in graph: inout Graph
  ) throws -> Graph.Value {
    let input = "watched_\(history.name)"
    let tables = "watched.\(history.name)"
    let items = try sides.side(input, schema.layout.item, tables: "item", rows: nil, in: &graph)
    let actions = try sides.side(
      "\(input)_action", history.action, tables: "\(tables).action", rows: nil, in: &graph)
    let ages = graph.input("\(input)_ages", .float, [nil])
    let others = graph.concatenate([items.rows, actions.rows], axis: 1)
    let name = "\(tables).attention"
    var sum = graph.add(
      graph.unsqueeze(try sides.linear("\(name).query", item.rows, in: &graph), [1]),
      graph.unsqueeze(try sides.linear("\(name).key", others, in: &graph), [0]))
    if configuration.differences {
      let count = graph.size(ages, axis: 0)
      let places = scaled(
        graph.float(
          graph.node(
            "Range", [count, graph.constant(ints: [0], []), graph.constant(ints: [-1], [])])),
        in: &graph)
      let compared = compared(item, items, in: &graph)
      func whole(_ layer: String) throws -> Graph.Value {
        let parts = try comparison("\(name).\(layer)", compared, in: &graph)
        let own = graph.add(
          graph.product(graph.unsqueeze(ages, [1]), parts.age),
          graph.product(graph.unsqueeze(places, [1]), parts.places))  // [L, _]
        return parts.made.map { graph.add($0, own) } ?? own
      }
      let plain = try whole("compared")
      let crosses = graph.multiply(
        try whole("cross_compared"),
        graph.unsqueeze(try sides.linear("\(name).cross_other", others, in: &graph), [0]))
      sum = graph.add(
        sum,
        graph.add(
          plain, graph.product(crosses, try sides.weight("\(name).cross.weight", in: &graph))))
    }
    return try attended(name, graph.relu(sum), zeros, in: &graph)
  }

  /// All pairs of candidates as the attention over placed items sees them, as far as places do not change
  /// it: `[M, M, _]`.
  struct Pairs {
    let sum: Graph.Value
    let plain: (made: Graph.Value?, age: Graph.Value, places: Graph.Value)?
    let cross: (made: Graph.Value?, age: Graph.Value, places: Graph.Value)?
    let others: Graph.Value?
    let product: Graph.Value?
  }

  func pairs(_ shared: Shared, in graph: inout Graph) throws -> Pairs? {
    guard configuration.ranked else { return nil }
    let item = shared.request.item
    let sum = graph.add(
      graph.unsqueeze(try sides.linear("ranked.query", item.rows, in: &graph), [1]),
      graph.unsqueeze(try sides.linear("ranked.key", item.rows, in: &graph), [0]))
    guard configuration.differences else {
      return Pairs(sum: sum, plain: nil, cross: nil, others: nil, product: nil)
    }
    let compared = compared(item, item, in: &graph)
    return Pairs(
      sum: sum, plain: try comparison("ranked.compared", compared, in: &graph),
      cross: try comparison("ranked.cross_compared", compared, in: &graph),
      others: graph.unsqueeze(try sides.linear("ranked.cross_other", item.rows, in: &graph), [0]),
      product: try sides.weight("ranked.cross.weight", in: &graph))
  }
}
