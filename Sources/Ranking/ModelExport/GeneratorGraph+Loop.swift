import EvaluatorModel
import GeneratorModel
import Objectives

/// The decoder: one step of the loop for each place of the list.
extension GeneratorGraph {
  func loop(
    _ shared: Shared, start: Graph.Value, steps: Graph.Value, in graph: inout Graph
  ) throws -> (order: Graph.Value, logs: Graph.Value) {
    let none = graph.multiply(graph.sum(shared.encoded, axes: [1]), graph.constant(0))  // [M]
    let range = graph.node(
      "Range",
      [graph.constant(ints: [0], []), graph.size(none, axis: 0), graph.constant(ints: [1], [])])
    let factors = shared.reference?.factors.count ?? 0
    let alone = graph.constant([Float](repeating: 0, count: max(1, factors)), [max(1, factors)])
    let first = try sides.weight("start", in: &graph)  // [1, H]
    var body = Graph(prefix: "b")
    let step = body.input("step", .int64, [])
    _ = body.input("go_on", .bool, [])
    let mask = body.input("placed", .float, [nil])
    let distance = body.input("distance", .float, [nil])
    let state = body.input("state", .float, [1, configuration.state])
    let above = body.input("above", .float, [1, configuration.itemWidth])
    let last = body.input("last", .int64, [])
    let before = body.input("alone", .float, [max(1, factors)])
    let placed = GraphRules.Placed(mask: mask, distance: distance, place: body.float(step))
    let next = try recurrent(above, state, in: &body)
    var local: [Graph.Value] = []
    for (place, rule) in ruleObjectives {
      local += try shared.rules.context(
        rule.utility, column: rule.column, fixed: shared.fixed[place], after: placed, in: &body)
    }
    if configuration.relations { local += relations(shared, placed, in: &body) }
    var scores = body.add(
      shared.keys, body.linear(next, shared.theta.query, shared.theta.b))  // [M, A]
    var appeals: [Graph.Value] = []
    var prior: Graph.Value?
    if let reference = shared.reference {
      let own = GraphReference.State(
        placed: placed, step: step, last: last,
        hasLast: body.node("Greater", [step, body.constant(ints: [0], [])]),
        alone: (0..<factors).map { body.entry(before, $0, axis: 0) })
      let made = try reference.step(own, in: &body)
      prior = made.logits
      appeals = made.appeals
      if seesReference {
        local += reference.columns(made, own, predicted: predicted.count, in: &body)
      }
    }
    if let weights = shared.theta.local {
      let columns = local.map { body.unsqueeze($0, [1]) }
      scores = body.add(scores, body.product(body.concatenate(columns, axis: 1), weights))
    }
    scores = body.squeeze(body.product(body.relu(scores), shared.theta.v), [1])  // [M]
    if let prior { scores = body.add(scores, prior) }
    let closed = body.node(
      "Greater",
      [body.add(body.gather(shared.request.excluded, step, axis: 0), mask), body.constant(0.5)])
    let open = body.choose(closed, body.constant(-3e38), scores)
    let pick = body.node(
      "ArgMax", [body.add(open, body.gather(shared.request.noise, step, axis: 0))],
      ["axis": .int(0), "keepdims": .int(0)])
    let logs = body.node("LogSoftmax", [open], ["axis": .int(0)])
    let after = body.add(mask, body.float(body.node("Equal", [range, pick])))
    body.output(body.node("Identity", ["go_on"]), named: "go_on_out", .bool, [])
    body.output(after, named: "placed_out", .float, [nil])
    body.output(
      body.multiply(after, body.add(distance, body.constant(1))), named: "distance_out", .float,
      [nil])
    body.output(next, named: "state_out", .float, [1, configuration.state])
    body.output(
      body.unsqueeze(body.gather(shared.encoded, pick, axis: 0), [0]), named: "above_out", .float,
      [1, configuration.itemWidth])
    body.output(pick, named: "last_out", .int64, [])
    let spoke = appeals.map { body.unsqueeze(body.gather($0, pick, axis: 0), [0]) }
    body.output(
      spoke.isEmpty ? before : body.concatenate(spoke, axis: 0), named: "alone_out", .float,
      [max(1, factors)])
    body.output(pick, named: "pick", .int64, [])
    body.output(body.gather(logs, pick, axis: 0), named: "log", .float, [])
    let results = graph.nodes(
      "Loop",
      [steps, "", none, none, start, first, graph.constant(ints: [0], []), alone],
      ["body": .graph(body.message(named: "place"))], outputs: 8)
    return (results[6], results[7])
  }

  /// One step of the gated recurrent unit.
  func recurrent(
    _ x: Graph.Value, _ h: Graph.Value, in body: inout Graph
  ) throws -> Graph.Value {
    let g = configuration.state
    let input = try sides.linear("recurrent.input", x, in: &body)
    let state = try sides.linear("recurrent.recurrent", h, in: &body)
    func gate(_ value: Graph.Value, _ number: Int) -> Graph.Value {
      body.slice(value, from: number * g, to: (number + 1) * g, axis: 1)
    }
    let reset = body.sigmoid(body.add(gate(input, 0), gate(state, 0)))
    let update = body.sigmoid(body.add(gate(input, 1), gate(state, 1)))
    let new = body.node(
      "Tanh", [body.add(gate(input, 2), body.multiply(reset, gate(state, 2)))])
    return body.add(
      body.multiply(body.subtract(body.constant(1), update), new), body.multiply(update, h))
  }

  /// How each candidate repeats what is placed: of each categorical the share of the list with its value, and
  /// 1 / distance to the last of them.
  func relations(
    _ shared: Shared, _ placed: GraphRules.Placed, in body: inout Graph
  ) -> [Graph.Value] {
    let inverse = body.unsqueeze(GraphRules.inverse(placed, in: &body), [1])
    let mask = body.unsqueeze(placed.mask, [1])
    return shared.equals.flatMap { same in
      [
        body.divide(
          body.sum(body.multiply(same, mask), axes: [0]), shared.rules.length),
        body.maximum(body.multiply(same, inverse), axes: [0]),
      ]
    }
  }
}
