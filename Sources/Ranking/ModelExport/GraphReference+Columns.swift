import Objectives

/// What the attention of the decoder sees of the reference.
extension GraphReference {
  /// What the attention sees of the reference: columns `[M]`, in the order of `ReferencePolicy.valuesWidth`.
  ///
  /// - Parameter predicted: objectives that are predicted.
  func columns(
    _ step: Step, _ state: State, predicted: Int, in graph: inout Graph
  ) -> [Graph.Value] {
    let open = graph.subtract(graph.constant(1), state.placed.mask)
    let isOpen = graph.node("Greater", [open, graph.constant(0.5)])
    let zeros = graph.multiply(open, graph.constant(0))
    var result = [Graph.Value](repeating: zeros, count: 3 * predicted + 4)
    func put(_ column: Int, _ value: Graph.Value, _ factor: Graph.Value) {
      let best = graph.maximum(
        graph.choose(isOpen, value, graph.constant(-3e38)), axes: [0])
      let own = graph.largest(graph.least(value, graph.constant(4)), graph.constant(-4))
      let below = graph.largest(graph.subtract(value, best), graph.constant(-4))
      result[column] = graph.multiply(own, factor)
      result[column + 1] = graph.multiply(below, factor)
    }
    for (number, factor) in factors.enumerated() {
      let (mean, inverse) = moments[number]
      put(
        2 * factor.place,
        graph.multiply(graph.subtract(step.gains[number], mean), inverse),
        graph.multiply(open, factor.isAsked))
    }
    put(
      2 * predicted, graph.multiply(step.logits, graph.constant(1 / sharpness)), open)
    result[2 * predicted + 2] = graph.multiply(
      open, graph.divide(state.placed.place, graphRules.length))
    let first = 2 * predicted + 3
    let followers = followers(step, state, isOpen, in: &graph)
    result[first] = ruleChanges(followers, state, zeros, in: &graph)
    for (number, factor) in factors.enumerated() {
      guard let relations = factor.terms.relations else { continue }
      let below = followers.pairs(relations.above, in: &graph)
      let slopes = graph.gather(step.slopes[number], followers.items, axis: 0)
      let change = graph.sum(
        graph.multiply(
          graph.multiply(below, followers.others),
          graph.unsqueeze(graph.multiply(followers.chances, slopes), [0])), axes: [1])
      result[first + 1 + factor.place] = followers.spread(
        graph.multiply(graph.multiply(change, moments[number].inverse), factor.isAsked), zeros,
        in: &graph)
    }
    return result
  }

  /// The candidates that are likely to follow.
  struct Followers {
    /// `[k]`, int64.
    let items: Graph.Value
    let chances: Graph.Value
    /// `[k, k]`, 0 on the diagonal and 1 elsewhere.
    let others: Graph.Value
    /// `[]`, 0 where nobody can follow.
    let isThere: Graph.Value

    /// Rows and columns of a matrix `[M, M]` that are theirs.
    func pairs(_ matrix: Graph.Value, in graph: inout Graph) -> Graph.Value {
      graph.gather(graph.gather(matrix, items, axis: 0), items, axis: 1)
    }

    /// Values `[k]` within 4 at their places among all candidates.
    func spread(
      _ values: Graph.Value, _ zeros: Graph.Value, in graph: inout Graph
    ) -> Graph.Value {
      let clipped = graph.largest(graph.least(values, graph.constant(4)), graph.constant(-4))
      return graph.node(
        "ScatterElements", [zeros, items, graph.multiply(clipped, isThere)], ["axis": .int(0)])
    }
  }

  func followers(
    _ step: Step, _ state: State, _ isOpen: Graph.Value, in graph: inout Graph
  ) -> Followers {
    let masked = graph.choose(isOpen, step.logits, graph.constant(-3e38))
    let left = graph.subtract(graph.size(masked, axis: 0), state.step)
    let count = graph.unsqueeze(
      graph.least(left, graph.constant(ints: [Self.followers], [])), [0])
    let top = graph.nodes("TopK", [masked, count], ["axis": .int(0)], outputs: 2)
    let parts = graph.node(
      "Exp",
      [
        graph.multiply(
          graph.subtract(top[0], graph.entry(top[0], 0, axis: 0)),
          graph.constant(2 / sharpness))
      ])
    let places = graph.subtract(
      graph.subtract(graphRules.length, state.placed.place), graph.constant(1))
    let chances = graph.least(
      graph.divide(graph.multiply(parts, places), graph.sum(parts, axes: [0])), graph.constant(1))
    let same = graph.float(
      graph.node("Equal", [graph.unsqueeze(top[1], [1]), graph.unsqueeze(top[1], [0])]))
    let isThere = graph.float(
      graph.node(
        "And",
        [
          graph.node("Greater", [places, graph.constant(0)]),
          graph.node("Greater", [scale, graph.constant(0)]),
        ]))
    return Followers(
      items: top[1], chances: chances,
      others: graph.subtract(graph.constant(1), same), isThere: isThere)
  }

  func ruleChanges(
    _ followers: Followers, _ state: State, _ zeros: Graph.Value, in graph: inout Graph
  ) -> Graph.Value {
    var sum: Graph.Value?
    for rule in rules {
      guard
        let changes = graphRules.changes(
          rule.utility, column: rule.column, after: state.placed, in: &graph)
      else { continue }
      let own = graph.multiply(followers.pairs(changes, in: &graph), rule.weight)
      sum = sum.map { graph.add($0, own) } ?? own
    }
    guard let sum else { return zeros }
    let change = graph.sum(
      graph.multiply(
        graph.multiply(sum, followers.others), graph.unsqueeze(followers.chances, [0])), axes: [1])
    return followers.spread(
      graph.multiply(
        change, graph.multiply(scale, graph.constant(1 / sharpness))), zeros, in: &graph)
  }
}
