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
  let sides: GraphSides
  let schema: FittedSchema
  let objectives: ObjectiveSet
  let configuration: GeneratorConfiguration
  let record: EvaluatorRecord
  let tensors: [String: StoredTensor]
  let precision: StoredPrecision
  let model: String
  let hasReference: Bool

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

  var predicted: [(objective: Int, head: Int)] {
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
    let request = try GraphRequest(sides, objectives, in: &graph)
    let centred = graph.subtract(
      graph.unsqueeze(request.weights, [0]), graph.constant(1 / Float(objectives.count)))
    var requests = [request.user.rows, request.context.rows]
    if configuration.conditioning == .input { requests.append(centred) }
    let encoded = try sides.encoder(
      "mlp1", request.item.rows, graph.concatenate(requests, axis: 1), in: &graph)  // [M, H]
    let theta = try Theta(sides, configuration, local: localWidth, centred, in: &graph)
    let pooled = graph.relu(
      try sides.linear(
        "mlp2",
        graph.node("ReduceMean", [encoded], ["axes": .ints([0]), "keepdims": .int(1)]),
        in: &graph))
    let steps = graph.size(request.noise, axis: 0)
    let rules = GraphRules(columns: request.columns, length: graph.float(steps))
    let equals = equals(request.item.indices, in: &graph)
    var shared = Shared(
      encoded: encoded, keys: try sides.linear("key", encoded, in: &graph), theta: theta,
      rules: rules, equals: equals, request: request, fixed: [:], reference: nil)
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
        request, rules, equals, in: &graph)
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
  struct Shared {
    let encoded: Graph.Value
    let keys: Graph.Value
    let theta: Theta
    let rules: GraphRules
    let equals: [Graph.Value]
    let request: GraphRequest
    /// Of rules, by objective, what no place changes.
    var fixed: [Int: Graph.Value]
    var reference: GraphReference?
  }

  var ruleObjectives: [(place: Int, rule: (utility: any RuleUtility, column: Int))] {
    objectives.objectives.enumerated().compactMap { place, objective in
      guard case .rule(let definition) = objective.definition,
        let column = objectives.columns.firstIndex(of: definition.utility.column)
      else { return nil }
      return (place, (definition.utility, column))
    }
  }

  var fields: Int { schema.layout.item.categoricals.count }

  /// Numbers that the pointer sees of each candidate.
  var localWidth: Int {
    objectives.localWidth + (configuration.relations ? 2 * fields : 0)
      + (seesReference ? 3 * predicted.count + 4 : 0)
  }

  var seesReference: Bool { hasReference && configuration.referenceValues }

  /// theta(w), cut up.
  struct Theta {
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
  func equals(_ indices: Graph.Value?, in graph: inout Graph) -> [Graph.Value] {
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

  func reference(
    _ request: GraphRequest, _ rules: GraphRules, _ equals: [Graph.Value], in graph: inout Graph
  ) throws -> GraphReference {
    let terms = try GraphTermsMaker(
      record: record, layout: schema.layout, tensors: tensors, precision: precision,
      item: request.item.inputs, user: request.user.inputs, context: request.context.inputs,
      equals: equals
    ).terms(heads: Set(predicted.map(\.head)).sorted(), in: &graph)
    func weight(_ objective: Int) -> Graph.Value {
      graph.divide(
        graph.entry(request.weights, objective, axis: 0),
        graph.constant(objectives.objectives[objective].scale))
    }
    var factors: [GraphReference.Factor] = []
    for (place, own) in predicted.enumerated() {
      guard let terms = terms[own.head] else { continue }
      let isAsked = graph.float(
        graph.node(
          "Greater", [graph.entry(request.weights, own.objective, axis: 0), graph.constant(0)]))
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
      graph.sum(request.item.numbers, axes: [1]), graph.constant(0))  // [M]
    try reference.measure(
      GraphReference.State(
        placed: GraphRules.Placed(mask: none, distance: none, place: graph.constant(0)),
        step: graph.constant(ints: [0], []), last: graph.constant(ints: [0], []),
        hasLast: graph.node("Less", [graph.constant(1), graph.constant(0)]),
        alone: factors.map { _ in graph.constant(0) }), in: &graph)
    return reference
  }
}
