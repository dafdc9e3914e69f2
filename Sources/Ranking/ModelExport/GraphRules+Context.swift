import Objectives

/// What the pointer of a generator sees of rules, and what a placed item does to those that follow.
extension GraphRules {
  /// Standardised among the candidates and within 4, `[M]`; 0 where they do not differ.
  func standardised(_ column: Int, in graph: inout Graph) -> Graph.Value {
    let own = graph.entry(columns, column, axis: 0)
    let mean = graph.node("ReduceMean", [own], ["axes": .ints([0]), "keepdims": .int(0)])
    let centred = graph.subtract(own, mean)
    let deviation = graph.node(
      "Sqrt",
      [
        graph.node(
          "ReduceMean", [graph.multiply(centred, centred)],
          ["axes": .ints([0]), "keepdims": .int(0)])
      ])
    let least = graph.multiply(
      graph.largest(graph.node("Abs", [mean]), graph.constant(1e-20)), graph.constant(1e-6))
    let known = graph.node("Greater", [deviation, least])
    let scaled = graph.divide(centred, graph.largest(deviation, graph.constant(1e-30)))
    let clipped = graph.largest(
      graph.least(scaled, graph.constant(4)), graph.constant(-4))
    return graph.choose(known, clipped, graph.multiply(own, graph.constant(0)))
  }

  /// Place between the least and the largest of the candidates, `[M]`; 0 where they do not differ.
  func standing(_ column: Int, in graph: inout Graph) -> Graph.Value {
    let own = graph.entry(columns, column, axis: 0)
    let least = graph.minimum(own, axes: [0])
    let spread = graph.subtract(graph.maximum(own, axes: [0]), least)
    let known = graph.node("Greater", [spread, graph.constant(0)])
    let share = graph.divide(
      graph.subtract(own, least), graph.largest(spread, graph.constant(1e-30)))
    return graph.choose(known, share, graph.multiply(own, graph.constant(0)))
  }

  /// Local context of a rule (`RuleUtility.writeLocalContext`): columns `[M]` each.
  ///
  /// - Parameter fixed: `standardised` or `standing` of the rule's column, made outside of a loop.
  func context(
    _ rule: any RuleUtility, column: Int, fixed: Graph.Value?, after placed: Placed,
    in graph: inout Graph
  ) throws -> [Graph.Value] {
    let own = graph.entry(columns, column, axis: 0)
    let zeros = graph.multiply(own, graph.constant(0))
    let flags = graph.sum(graph.multiply(placed.mask, own), axes: [0])
    switch rule {
    case is Share, is Gated: return [own, graph.add(zeros, graph.divide(flags, length))]
    case let quota as Quota:
      let target = graph.multiply(length, graph.constant(Float(quota.target)))
      let now = graph.least(graph.divide(flags, target), graph.constant(1))
      let next = graph.least(
        graph.divide(graph.add(flags, graph.constant(1)), target), graph.constant(1))
      let gain = graph.multiply(
        graph.subtract(next, now), graph.largest(target, graph.constant(1)))
      return [own, graph.add(zeros, now), graph.multiply(own, gain)]
    case let distinct as Distinct:
      let same = equal(column, in: &graph)
      let above = window(distinct, placed, in: &graph)
      let occurs = graph.maximum(graph.multiply(same, graph.unsqueeze(above, [0])), axes: [1])
      let count = graph.sum(graph.multiply(same, graph.unsqueeze(placed.mask, [0])), axes: [1])
      let inverse = Self.inverse(placed, in: &graph)
      let nearest = graph.maximum(
        graph.multiply(same, graph.unsqueeze(inverse, [0])), axes: [1])
      return [occurs, graph.divide(count, length), nearest]
    case is Order:
      let lower = graph.sum(
        graph.multiply(
          graph.float(
            graph.node("Less", [graph.unsqueeze(own, [0]), graph.unsqueeze(own, [1])])),
          graph.unsqueeze(placed.mask, [0])), axes: [1])
      let share = graph.divide(lower, graph.largest(placed.place, graph.constant(1)))
      return [share, fixed ?? zeros]
    case is Mean: return [fixed ?? zeros]
    case is Discounted:
      let weight = graph.divide(
        graph.constant(0.693_147_18),
        graph.node("Log", [graph.add(placed.place, graph.constant(2))]))
      let standard = fixed ?? zeros
      return [standard, graph.multiply(standard, weight)]
    default:
      throw ExportError.graph(
        family: "any", what: "the rule \(type(of: rule).key)",
        remedy: "leave it out of the objectives, or write lists with FaderRanking")
    }
  }

  /// Row a, column b: what candidate a, placed next, changes in the increment of b in the place below:
  /// `[M, M]`; nil for nothing.
  func changes(
    _ rule: any RuleUtility, column: Int, after placed: Placed, in graph: inout Graph
  ) -> Graph.Value? {
    let own = graph.entry(columns, column, axis: 0)
    let (row, across) = (graph.unsqueeze(own, [1]), graph.unsqueeze(own, [0]))
    switch rule {
    case let quota as Quota:
      let target = graph.multiply(length, graph.constant(Float(quota.target)))
      let flags = graph.sum(graph.multiply(placed.mask, own), axes: [0])
      func reached(_ more: Graph.Value?) -> Graph.Value {
        graph.least(
          graph.divide(more.map { graph.add(flags, $0) } ?? flags, target), graph.constant(1))
      }
      let then = graph.subtract(reached(graph.add(row, across)), reached(row))
      let now = graph.subtract(reached(across), reached(nil))
      return graph.subtract(then, now)
    case let distinct as Distinct:
      let same = equal(column, in: &graph)
      func occurs(_ above: Graph.Value) -> Graph.Value {
        graph.maximum(graph.multiply(same, graph.unsqueeze(above, [0])), axes: [1])
      }
      let now = occurs(window(distinct, placed, in: &graph))
      let further = Placed(
        mask: placed.mask, distance: graph.add(placed.distance, graph.constant(1)),
        place: placed.place)
      let then = graph.largest(
        graph.unsqueeze(occurs(window(distinct, further, in: &graph)), [0]), same)
      return graph.divide(graph.subtract(graph.unsqueeze(now, [0]), then), length)
    case is Order:
      let pairs = graph.multiply(
        graph.multiply(length, graph.subtract(length, graph.constant(1))), graph.constant(0.5))
      let kept = graph.float(graph.node("GreaterOrEqual", [row, across]))
      let isAlone = graph.node("Less", [length, graph.constant(2)])
      return graph.choose(
        isAlone, graph.multiply(kept, graph.constant(0)),
        graph.divide(kept, graph.largest(pairs, graph.constant(1))))
    case is Discounted:
      let next = graph.add(placed.place, graph.constant(1))
      let change = graph.subtract(
        discount(next, in: &graph), discount(placed.place, in: &graph))
      return graph.multiply(graph.add(graph.multiply(row, graph.constant(0)), across), change)
    default: return nil
    }
  }

  /// Whether two candidates have equal numbers of a column, `[M, M]`.
  func equal(_ column: Int, in graph: inout Graph) -> Graph.Value {
    let own = graph.entry(columns, column, axis: 0)
    return graph.float(
      graph.node("Equal", [graph.unsqueeze(own, [1]), graph.unsqueeze(own, [0])]))
  }

  /// 1 for placed items in the rule's window, `[M]`.
  func window(
    _ distinct: Distinct, _ placed: Placed, in graph: inout Graph
  ) -> Graph.Value {
    guard let window = distinct.window else { return placed.mask }
    return graph.multiply(
      placed.mask,
      graph.float(graph.node("LessOrEqual", [placed.distance, graph.constant(Float(window))])))
  }

  /// 1 / distance of placed items, 0 for the others: `[M]`.
  static func inverse(_ placed: Placed, in graph: inout Graph) -> Graph.Value {
    graph.divide(placed.mask, graph.largest(placed.distance, graph.constant(1)))
  }
}
