import Objectives

/// What rules gain by each candidate in the next place, as nodes of a graph.
struct GraphRules {
  /// `[C, M]`
  let columns: Graph.Value
  /// `[]`, places of the list as a number.
  let length: Graph.Value

  /// The lists so far, as nodes see them.
  struct Placed {
    /// `[M]`, 1 for what is placed.
    let mask: Graph.Value
    /// `[M]`, how many places above the next one it stands; 0 for what is not placed.
    let distance: Graph.Value
    /// `[]`, the next place from 0, as a number.
    let place: Graph.Value
  }

  /// `[M]`
  func increments(
    _ rule: any RuleUtility, column: Int, after placed: Placed, in graph: inout Graph
  ) throws -> Graph.Value {
    let own = graph.entry(columns, column, axis: 0)
    switch rule {
    case is Share, is Mean, is Gated:
      return graph.divide(own, length)
    case let quota as Quota:
      let flags = graph.sum(graph.multiply(placed.mask, own), axes: [0])
      let reached = { (graph: inout Graph, flags: Graph.Value) in
        graph.least(
          graph.divide(
            flags, graph.multiply(length, graph.constant(Float(quota.target)))), graph.constant(1))
      }
      let before = reached(&graph, flags)
      return graph.subtract(reached(&graph, graph.add(flags, own)), before)
    case let distinct as Distinct:
      let above = window(distinct, placed, in: &graph)
      let occurs = graph.maximum(
        graph.multiply(equal(column, in: &graph), graph.unsqueeze(above, [0])), axes: [1])
      return graph.divide(graph.subtract(graph.constant(1), occurs), length)
    case is Order:
      let kept = graph.sum(
        graph.multiply(
          graph.float(
            graph.node(
              "GreaterOrEqual", [graph.unsqueeze(own, [0]), graph.unsqueeze(own, [1])])),
          graph.unsqueeze(placed.mask, [0])), axes: [1])
      let pairs = graph.multiply(
        graph.multiply(length, graph.subtract(length, graph.constant(1))), graph.constant(0.5))
      // A list of one item has no pairs and all of the order.
      let isAlone = graph.node("Less", [length, graph.constant(2)])
      let share = graph.divide(kept, graph.largest(pairs, graph.constant(1)))
      let one = graph.add(graph.multiply(own, graph.constant(0)), graph.constant(1))
      return graph.choose(isAlone, one, share)
    case is Discounted:
      return graph.multiply(own, discount(placed.place, in: &graph))
    default:
      throw ExportError.graph(
        family: "any", what: "the rule \(type(of: rule).key)",
        remedy: "leave it out of the objectives, or write lists with FaderRanking")
    }
  }

  /// `d_t / sum d`, d_t = 1 / log2(2 + t) with t from 0.
  func discount(_ place: Graph.Value, in graph: inout Graph) -> Graph.Value {
    let places = graph.float(
      graph.node(
        "Range",
        [
          graph.constant(ints: [0], []),
          graph.node("Cast", [length], ["to": .int(Graph.Element.int64.rawValue)]),
          graph.constant(ints: [1], []),
        ]))
    let weight = { (graph: inout Graph, place: Graph.Value) in
      graph.node(
        "Reciprocal", [graph.node("Log", [graph.add(place, graph.constant(2))])])
    }
    // The base of the logarithm cancels.
    let total = graph.sum(weight(&graph, places), axes: [0])
    return graph.divide(weight(&graph, place), total)
  }
}
