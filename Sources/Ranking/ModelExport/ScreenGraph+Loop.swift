import EvaluatorModel
import Objectives
import ScreenModel

/// The places of the list, from the top down.
extension ScreenGraph {
  func loop(
    _ shared: Shared, in graph: inout Graph
  ) throws -> (order: Graph.Value, predictions: Graph.Value) {
    let pairs = try pairs(shared, in: &graph)
    let mixture = try GraphMixture(
      sides, configuration, heads: heads, fixed: shared.fixed, in: &graph)
    let steps = graph.size(shared.request.noise, axis: 0)
    let rules = GraphRules(columns: shared.request.columns, length: graph.float(steps))
    let none = graph.squeeze(shared.zeros, [1])  // [M]
    let range = graph.node(
      "Range",
      [
        graph.constant(ints: [0], []), graph.size(none, axis: 0), graph.constant(ints: [1], []),
      ])
    let ones = graph.constant([Float](repeating: 1, count: objectives.count), [objectives.count])
    var body = Graph(prefix: "b")
    let step = body.input("step", .int64, [])
    _ = body.input("go_on", .bool, [])
    let mask = body.input("placed", .float, [nil])
    let distance = body.input("distance", .float, [nil])
    let factors = body.input("factors", .float, [objectives.count])
    let place = body.float(step)
    let placed = GraphRules.Placed(mask: mask, distance: distance, place: place)
    var moving = [
      body.add(shared.zeros, scaled(body.add(place, body.constant(1)), in: &body))
    ]
    if let pairs { moving.append(try ranked(pairs, placed, shared.zeros, in: &body)) }
    let raw = body.add(
      shared.offsets,
      body.multiply(
        try mixture.outputs(body.concatenate(moving, axis: 1), in: &body),
        try sides.weight("shares", in: &body)))  // [M, heads]
    let predictions = self.predictions(raw, in: &body)
    let gains = try self.gains(predictions, factors, placed, rules, shared, in: &body)
    let noise = body.gather(shared.request.noise, step, axis: 0)
    let closed = body.add(body.gather(shared.request.excluded, step, axis: 0), mask)
    let open = body.choose(
      body.node("Greater", [closed, body.constant(0.5)]), body.constant(-3e38),
      body.add(gains, noise))
    let pick = body.node("ArgMax", [open], ["axis": .int(0), "keepdims": .int(0)])
    let picked = body.float(body.node("Equal", [range, pick]))
    let after = body.add(mask, picked)
    let own = body.gather(predictions, pick, axis: 0)  // [heads]
    body.output(body.node("Identity", ["go_on"]), named: "go_on_out", .bool, [])
    body.output(after, named: "placed_out", .float, [nil])
    body.output(
      body.multiply(after, body.add(distance, body.constant(1))), named: "distance_out", .float,
      [nil])
    body.output(
      try self.factors(factors, behind: own, in: &body), named: "factors_out", .float,
      [objectives.count])
    body.output(pick, named: "pick", .int64, [])
    body.output(own, named: "prediction", .float, [heads.count])
    let results = graph.nodes(
      "Loop", [steps, "", none, none, ones],
      ["body": .graph(body.message(named: "place"))], outputs: 5)
    return (results[3], results[4])
  }

  /// What each candidate sees of the placed items: `[M, A]`.
  func ranked(
    _ pairs: Pairs, _ placed: GraphRules.Placed, _ zeros: Graph.Value, in body: inout Graph
  ) throws -> Graph.Value {
    var sum = pairs.sum
    if let plain = pairs.plain, let cross = pairs.cross, let others = pairs.others,
      let product = pairs.product
    {
      let places = body.unsqueeze(
        scaled(body.largest(placed.distance, body.constant(1)), in: &body), [1])  // [M, 1]
      func whole(
        _ parts: (made: Graph.Value?, age: Graph.Value, places: Graph.Value)
      ) -> Graph.Value {
        let own = body.product(places, parts.places)  // [M, _], of the others
        return parts.made.map { body.add($0, own) } ?? own
      }
      let crosses = body.multiply(whole(cross), others)
      sum = body.add(sum, body.add(whole(plain), body.product(crosses, product)))
    }
    return try attended(
      "ranked", body.relu(sum), open: placed.mask, zeros, in: &body)
  }

  /// Chances and numbers in their raw unit: `[M, heads]`.
  func predictions(_ raw: Graph.Value, in body: inout Graph) -> Graph.Value {
    let columns = heads.enumerated().map { h, head -> Graph.Value in
      let own = body.slice(raw, from: h, to: h + 1, axis: 1)
      return head.kind == .binary
        ? body.sigmoid(own) : body.multiply(own, body.constant(head.unit))
    }
    return body.concatenate(columns, axis: 1)
  }

  func place(of kind: String) throws -> Int {
    guard let place = heads.firstIndex(where: { $0.feedback == kind }) else {
      throw ExportError.graph(
        family: ScreenPolicy.family, what: "an objective over \(kind), which no head predicts",
        remedy: "train it anew")
    }
    return place
  }

  /// What each candidate adds to the reward: `[M]`.
  func gains(
    _ predictions: Graph.Value, _ factors: Graph.Value, _ placed: GraphRules.Placed,
    _ rules: GraphRules, _ shared: Shared, in body: inout Graph
  ) throws -> Graph.Value {
    var sum: Graph.Value?
    for (k, objective) in objectives.objectives.enumerated() {
      let weight = body.divide(
        body.entry(shared.request.weights, k, axis: 0), body.constant(objective.scale))
      let own: Graph.Value
      switch objective.definition {
      case .rule(let definition):
        let rule = definition.utility
        let column = objectives.columns.firstIndex(of: rule.column) ?? 0
        own = try rules.increments(rule, column: column, after: placed, in: &body)
      case .predicted(let kind, _):
        own = body.multiply(
          body.entry(predictions, try place(of: kind), axis: 1), body.entry(factors, k, axis: 0))
      }
      let term = body.multiply(own, weight)
      sum = sum.map { body.add($0, term) } ?? term
    }
    guard let sum else {
      throw ExportError.graph(
        family: ScreenPolicy.family, what: "a model without objectives", remedy: "train it anew")
    }
    return sum
  }

  /// Factors behind one more item, whose predictions are `[heads]`: `[W]`.
  func factors(
    _ factors: Graph.Value, behind own: Graph.Value, in body: inout Graph
  ) throws -> Graph.Value {
    let terms = try objectives.objectives.enumerated().map { k, objective -> Graph.Value in
      let factor = body.slice(factors, from: k, to: k + 1, axis: 0)
      guard case .predicted(let kind, let aggregation) = objective.definition else { return factor }
      func chance(_ kind: String) throws -> Graph.Value {
        let place = try place(of: kind)
        return body.least(
          body.largest(body.slice(own, from: place, to: place + 1, axis: 0), body.constant(0)),
          body.constant(1))
      }
      switch aggregation {
      case .sum: return factor
      case .any:
        return body.multiply(factor, body.subtract(body.constant(1), try chance(kind)))
      case .survival(let next): return body.multiply(factor, try chance(next))
      }
    }
    return body.concatenate(terms, axis: 0)
  }
}
