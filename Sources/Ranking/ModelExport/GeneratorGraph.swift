package import Checkpoints
import EvaluatorModel
import Features
import GeneratorModel
import ListPolicy
import Objectives

/// The generator as an ONNX graph: encoder, hypernetwork, and the decoder in a loop.
///
/// Inputs: the sides of a request (`GraphSides`); `columns [C, M]`; `weights [W]`, summing to 1;
/// `excluded [n, M]`, above 0 where a candidate may not stand; `noise [n, M]`, added to the scores before the
/// pick: zeros for the best list, Gumbel noise for a draw from the policy. Outputs: `order [n]` and
/// `log_probabilities [n]` of the picks among what may stand there.
package struct GeneratorGraph {
  private let sides: GraphSides
  private let schema: FittedSchema
  private let objectives: ObjectiveSet
  private let configuration: GeneratorConfiguration
  private let record: EvaluatorRecord
  private let tensors: [String: StoredTensor]
  private let precision: StoredPrecision
  private let model: String
  private let hasReference: Bool

  /// - Throws: `ExportError` for parts that no graph is written for.
  package init(_ checkpoint: CheckpointReader, precision: StoredPrecision) throws {
    schema = try checkpoint.section("schema", as: FittedSchema.self)
    objectives = try checkpoint.section("objectives", as: ObjectiveSet.self)
    configuration = try checkpoint.section(Generator.family, as: GeneratorConfiguration.self)
    record = try checkpoint.section(EvaluatorRole.training.section, as: EvaluatorRecord.self)
    tensors = try checkpoint.tensors()
    self.precision = precision
    model = checkpoint.modelHash
    sides = GraphSides(
      layout: schema.layout, tensors: tensors, precision: precision,
      prefix: Generator.tensorPrefix)
    let policy = try Generator(checkpoint, layout: schema.layout, objectives: objectives)
    hasReference = policy.reference != nil
    func refuse(_ what: String, unless isThere: Bool) throws {
      guard isThere else {
        throw ExportError.graph(
          family: Generator.family, what: what, remedy: "use --device, or train without it")
      }
    }
    try refuse("schema.history", unless: schema.layout.history.isEmpty)
    try refuse("generator.placed_attention", unless: configuration.placedAttention == 0)
  }

  private var predicted: [(objective: Int, head: Int)] {
    objectives.objectives.enumerated().compactMap { place, objective in
      guard case .predicted(let kind, _) = objective.definition,
        let head = record.heads.firstIndex(where: { $0.feedback == kind })
      else { return nil }
      return (place, head)
    }
  }

  /// The file.
  package func bytes() throws -> [UInt8] {
    var graph = Graph()
    let layout = schema.layout
    let item = try sides.side("item", layout.item, tables: "item", rows: nil, in: &graph)
    let user = try sides.side("user", layout.user, tables: "user", rows: 1, in: &graph)
    let context = try sides.side(
      "context", layout.context, tables: "context", rows: 1, in: &graph)
    let columns = graph.input("columns", .float, [objectives.columns.count, nil])
    let weights = graph.input("weights", .float, [objectives.count])
    let excluded = graph.input("excluded", .float, [nil, nil])
    let noise = graph.input("noise", .float, [nil, nil])
    let centred = graph.subtract(
      graph.unsqueeze(weights, [0]), graph.constant(1 / Float(objectives.count)))
    var requests = [user.rows, context.rows]
    if configuration.conditioning == .input { requests.append(centred) }
    let encoded = try sides.encoder(
      "mlp1", item.rows, graph.concatenate(requests, axis: 1), in: &graph)  // [M, H]
    let theta = try Theta(sides, configuration, local: localWidth, centred, in: &graph)
    let pooled = graph.relu(
      try sides.linear(
        "mlp2",
        graph.node("ReduceMean", [encoded], ["axes": .ints([0]), "keepdims": .int(1)]),
        in: &graph))
    let steps = graph.size(noise, axis: 0)
    let rules = GraphRules(columns: columns, length: graph.float(steps))
    let equals = equals(item.indices, in: &graph)
    var shared = Shared(
      encoded: encoded, keys: try sides.linear("key", encoded, in: &graph), theta: theta,
      rules: rules, equals: equals, excluded: excluded, noise: noise, fixed: [:], reference: nil)
    for (place, rule) in ruleObjectives {
      shared.fixed[place] =
        switch rule.utility {
        case is Mean, is Discounted: rules.standardised(rule.column, in: &graph)
        case is Order: rules.standing(rule.column, in: &graph)
        default: nil
        }
    }
    if hasReference {
      shared.reference = try reference(
        item, user, context, weights, rules, equals, in: &graph)
    }
    let start = graph.linear(pooled, theta.startWeights, theta.startBias)  // [1, G]
    let lists = try loop(shared, start: start, steps: steps, in: &graph)
    graph.output(lists.order, named: "order", .int64, [nil])
    graph.output(lists.logs, named: "log_probabilities", .float, [nil])
    return graph.model(
      named: "fader-generator",
      metadata: ["model": model, "objectives": objectives.names.joined(separator: ",")])
  }

  /// What the loop's body reads.
  private struct Shared {
    let encoded: Graph.Value
    let keys: Graph.Value
    let theta: Theta
    let rules: GraphRules
    let equals: [Graph.Value]
    let excluded: Graph.Value
    let noise: Graph.Value
    /// Of rules, by objective, what no place changes.
    var fixed: [Int: Graph.Value]
    var reference: GraphReference?
  }

  private var ruleObjectives: [(place: Int, rule: (utility: any RuleUtility, column: Int))] {
    objectives.objectives.enumerated().compactMap { place, objective in
      guard case .rule(let definition) = objective.definition,
        let column = objectives.columns.firstIndex(of: definition.utility.column)
      else { return nil }
      return (place, (definition.utility, column))
    }
  }

  private var fields: Int { schema.layout.item.categoricals.count }

  /// Numbers that the pointer sees of each candidate.
  private var localWidth: Int {
    objectives.localWidth + (configuration.relations ? 2 * fields : 0)
      + (seesReference ? 3 * predicted.count + 4 : 0)
  }

  private var seesReference: Bool { hasReference && configuration.referenceValues }

  /// theta(w), cut up.
  private struct Theta {
    let v: Graph.Value
    let b: Graph.Value
    let local: Graph.Value?
    let query: Graph.Value
    let startWeights: Graph.Value
    let startBias: Graph.Value

    init(
      _ sides: GraphSides, _ c: GeneratorConfiguration, local width: Int, _ centred: Graph.Value,
      in graph: inout Graph
    ) throws {
      let (a, g) = (c.attention, c.state)
      let parts: [(layer: FinalLayer, rows: Int, columns: Int)] = [
        (.score, a, 1), (.score, 1, a), (.local, width, a), (.query, g, a), (.start, g, g),
        (.start, 1, g),
      ]
      var theta = try sides.weight("theta", in: &graph)  // [1, S]
      if c.conditioning == .hypernetwork {
        let hidden = graph.relu(try sides.linear("hyper", centred, in: &graph))
        let mask = parts.flatMap { part in
          [Float](
            repeating: c.generated.contains(part.layer) ? 1 : 0, count: part.rows * part.columns)
        }
        let change = graph.product(hidden, try sides.weight("hyper.output", in: &graph))
        theta = graph.add(
          theta,
          mask.contains(0)
            ? graph.multiply(change, graph.constant(mask, [1, mask.count])) : change)
      }
      var first = 0
      func next(_ part: (layer: FinalLayer, rows: Int, columns: Int)) -> Graph.Value {
        let end = first + part.rows * part.columns
        defer { first = end }
        return graph.reshape(
          graph.slice(theta, from: first, to: end, axis: 1), [part.rows, part.columns])
      }
      v = next(parts[0])
      b = next(parts[1])
      local = width > 0 ? next(parts[2]) : nil
      query = next(parts[3])
      startWeights = next(parts[4])
      startBias = next(parts[5])
    }
  }

  /// Of each categorical whether two candidates have the same known value, `[M, M]`.
  private func equals(_ indices: Graph.Value?, in graph: inout Graph) -> [Graph.Value] {
    guard let indices else { return [] }
    return (0..<fields).map { field in
      let own = graph.entry(indices, field, axis: 1)
      let known = graph.node(
        "Greater",
        [graph.unsqueeze(own, [1]), graph.constant(ints: [Int(CategoricalField.missingRow)], [])])
      let same = graph.node("Equal", [graph.unsqueeze(own, [1]), graph.unsqueeze(own, [0])])
      return graph.float(graph.node("And", [known, same]))
    }
  }

  private func reference(
    _ item: GraphSides.Side, _ user: GraphSides.Side, _ context: GraphSides.Side,
    _ weights: Graph.Value, _ rules: GraphRules, _ equals: [Graph.Value], in graph: inout Graph
  ) throws -> GraphReference {
    let terms = try GraphTermsMaker(
      record: record, layout: schema.layout, tensors: tensors, precision: precision,
      item: item.inputs, user: user.inputs, context: context.inputs, equals: equals
    ).terms(heads: Set(predicted.map(\.head)).sorted(), in: &graph)
    func weight(_ objective: Int) -> Graph.Value {
      graph.divide(
        graph.entry(weights, objective, axis: 0),
        graph.constant(objectives.objectives[objective].scale))
    }
    var factors: [GraphReference.Factor] = []
    for (place, own) in predicted.enumerated() {
      guard let terms = terms[own.head] else { continue }
      let isAsked = graph.float(
        graph.node("Greater", [graph.entry(weights, own.objective, axis: 0), graph.constant(0)]))
      factors.append(
        GraphReference.Factor(
          objective: own.objective, place: place, terms: terms, weight: weight(own.objective),
          isAsked: isAsked))
    }
    var reference = GraphReference(
      factors: factors,
      rules: ruleObjectives.map { place, rule in
        GraphReference.Rule(utility: rule.utility, column: rule.column, weight: weight(place))
      }, graphRules: rules, equals: equals, sharpness: configuration.sharpness)
    let none = graph.multiply(
      graph.sum(item.numbers, axes: [1]), graph.constant(0))  // [M]
    try reference.measure(
      GraphReference.State(
        placed: GraphRules.Placed(mask: none, distance: none, place: graph.constant(0)),
        step: graph.constant(ints: [0], []), last: graph.constant(ints: [0], []),
        hasLast: graph.node("Less", [graph.constant(1), graph.constant(0)]),
        alone: factors.map { _ in graph.constant(0) }), in: &graph)
    return reference
  }

  // MARK: - The loop

  private func loop(
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
      [body.add(body.gather(shared.excluded, step, axis: 0), mask), body.constant(0.5)])
    let open = body.choose(closed, body.constant(-3e38), scores)
    let pick = body.node(
      "ArgMax", [body.add(open, body.gather(shared.noise, step, axis: 0))],
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
  private func recurrent(
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
  private func relations(
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
