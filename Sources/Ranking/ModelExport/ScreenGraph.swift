package import Checkpoints
import EvaluatorModel
import Features
import Foundation
import ListPolicy
import Objectives
import ScreenModel

/// The screen model as an ONNX graph that writes a list greedily.
///
/// Inputs: the sides of a request (`GraphSides`), of each sequence NAME of the history
/// `watched_NAME_*` for items, `watched_NAME_action_*` and `watched_NAME_ages [L]`; `columns [C, M]`;
/// `weights [W]`, summing to 1; `excluded [n, M]`, above 0 where a candidate may not stand; `noise [n, M]`,
/// added to what each candidate would add to the reward: zeros for the best list. Outputs: `order [n]`,
/// indices of candidates from the top down, and `predictions [n, heads]` of what stands there.
package struct ScreenGraph {
  private let sides: GraphSides
  private let schema: FittedSchema
  private let objectives: ObjectiveSet
  private let configuration: ScreenConfiguration
  private let heads: [EvaluatorHead]
  private let model: String

  /// - Parameter greedy: writes greedily what the checkpoint searches for by a beam.
  /// - Throws: `ExportError` for a checkpoint with a beam, unless greedy.
  package init(
    _ checkpoint: CheckpointReader, precision: StoredPrecision, greedy: Bool
  ) throws {
    schema = try checkpoint.section("schema", as: FittedSchema.self)
    objectives = try checkpoint.section("objectives", as: ObjectiveSet.self)
    configuration = try checkpoint.section(
      ScreenPolicy.family, as: ScreenConfiguration.self)
    heads = try checkpoint.section(
      EvaluatorRole.training.section, as: EvaluatorRecord.self
    ).heads
    model = checkpoint.modelHash
    sides = GraphSides(
      layout: schema.layout, tensors: try checkpoint.tensors(), precision: precision,
      prefix: ScreenPolicy.tensorPrefix)
    if configuration.beam.width > 1, !greedy {
      throw ExportError.graph(
        family: ScreenPolicy.family, what: "a beam of width \(configuration.beam.width)",
        remedy: "give --greedy, or train with screen.beam.width=1")
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
    // What depends on the candidate alone.
    let sums = graph.sum(item.numbers, axes: [1], keeps: true)
    let zeros = graph.multiply(sums, graph.constant(0))  // [M, 1]
    let requests = graph.concatenate([user.rows, context.rows], axis: 1)
    var fixed = [item.rows, graph.add(requests, zeros)]
    for history in configuration.watched ? layout.history : [] {
      fixed.append(try watched(history, item, zeros, in: &graph))
    }
    let shared = Shared(
      item: item, zeros: zeros, fixed: graph.concatenate(fixed, axis: 1),
      offsets: try offsets(item, zeros, in: &graph), columns: columns, weights: weights,
      excluded: excluded, noise: noise)
    let lists = try loop(shared, in: &graph)
    graph.output(lists.order, named: "order", .int64, [nil])
    graph.output(lists.predictions, named: "predictions", .float, [nil, heads.count])
    return graph.model(
      named: "fader-screen",
      metadata: [
        "model": model, "objectives": objectives.names.joined(separator: ","),
        "heads": heads.map(\.feedback).joined(separator: ","),
      ])
  }

  /// What the loop's body reads.
  private struct Shared {
    let item: GraphSides.Side
    let zeros: Graph.Value
    let fixed: Graph.Value
    let offsets: Graph.Value
    let columns: Graph.Value
    let weights: Graph.Value
    let excluded: Graph.Value
    let noise: Graph.Value
  }

  private var scorePlaces: [Int] {
    configuration.scores.compactMap { schema.layout.item.numbers.firstIndex(of: $0) }
  }

  // MARK: - What is fixed

  /// What the scores say: `[M, heads]`.
  private func offsets(
    _ item: GraphSides.Side, _ zeros: Graph.Value, in graph: inout Graph
  ) throws -> Graph.Value {
    let bias = graph.add(try sides.weight("bias", in: &graph), zeros)
    guard configuration.offsets, !scorePlaces.isEmpty else { return bias }
    let scores = graph.gather(
      item.numbers, graph.constant(ints: scorePlaces, [scorePlaces.count]), axis: 1)
    return graph.add(graph.product(scores, try sides.weight("offsets", in: &graph)), bias)
  }

  /// Differences of scores and equal categories of all pairs, `[M, L, _]`; nil for none.
  private func compared(
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
  private func comparison(
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
  private func scaled(_ x: Graph.Value, in graph: inout Graph) -> Graph.Value {
    graph.multiply(graph.node("Log", [x]), graph.constant(Float(1 / (4 * log(2.0)))))
  }

  /// Softmax over the pairs of each candidate and nothing, of their hidden layers: `[M, A]`.
  ///
  /// - Parameters:
  ///   - hidden: `[M, L, A]`.
  ///   - open: `[L]` or nil, 1 for the others that take part.
  private func attended(
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

  private func watched(
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

  // MARK: - The loop

  /// All pairs of candidates as the attention over placed items sees them, as far as places do not change
  /// it: `[M, M, _]`.
  private struct Pairs {
    let sum: Graph.Value
    let plain: (made: Graph.Value?, age: Graph.Value, places: Graph.Value)?
    let cross: (made: Graph.Value?, age: Graph.Value, places: Graph.Value)?
    let others: Graph.Value?
    let product: Graph.Value?
  }

  private func pairs(_ shared: Shared, in graph: inout Graph) throws -> Pairs? {
    guard configuration.ranked else { return nil }
    let item = shared.item
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

  private func loop(
    _ shared: Shared, in graph: inout Graph
  ) throws -> (order: Graph.Value, predictions: Graph.Value) {
    let pairs = try pairs(shared, in: &graph)
    let mixture = try GraphMixture(
      sides, configuration, heads: heads, fixed: shared.fixed, in: &graph)
    let steps = graph.size(shared.noise, axis: 0)
    let rules = GraphRules(columns: shared.columns, length: graph.float(steps))
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
    let noise = body.gather(shared.noise, step, axis: 0)
    let closed = body.add(body.gather(shared.excluded, step, axis: 0), mask)
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
      self.factors(factors, behind: own, in: &body), named: "factors_out", .float,
      [objectives.count])
    body.output(pick, named: "pick", .int64, [])
    body.output(own, named: "prediction", .float, [heads.count])
    let results = graph.nodes(
      "Loop", [steps, "", none, none, ones],
      ["body": .graph(body.message(named: "place"))], outputs: 5)
    return (results[3], results[4])
  }

  /// What each candidate sees of the placed items: `[M, A]`.
  private func ranked(
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
  private func predictions(_ raw: Graph.Value, in body: inout Graph) -> Graph.Value {
    let columns = heads.enumerated().map { h, head -> Graph.Value in
      let own = body.slice(raw, from: h, to: h + 1, axis: 1)
      return head.kind == .binary
        ? body.sigmoid(own) : body.multiply(own, body.constant(head.unit))
    }
    return body.concatenate(columns, axis: 1)
  }

  private func place(of kind: String) throws -> Int {
    guard let place = heads.firstIndex(where: { $0.feedback == kind }) else {
      throw ExportError.graph(
        family: ScreenPolicy.family, what: "an objective over \(kind), which no head predicts",
        remedy: "train it anew")
    }
    return place
  }

  /// What each candidate adds to the reward: `[M]`.
  private func gains(
    _ predictions: Graph.Value, _ factors: Graph.Value, _ placed: GraphRules.Placed,
    _ rules: GraphRules, _ shared: Shared, in body: inout Graph
  ) throws -> Graph.Value {
    var sum: Graph.Value?
    for (k, objective) in objectives.objectives.enumerated() {
      let weight = body.divide(
        body.entry(shared.weights, k, axis: 0), body.constant(objective.scale))
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
  private func factors(
    _ factors: Graph.Value, behind own: Graph.Value, in body: inout Graph
  ) -> Graph.Value {
    let terms = objectives.objectives.enumerated().map { k, objective -> Graph.Value in
      let factor = body.slice(factors, from: k, to: k + 1, axis: 0)
      guard case .predicted(let kind, let aggregation) = objective.definition else { return factor }
      func chance(_ kind: String) -> Graph.Value {
        let place = heads.firstIndex { $0.feedback == kind } ?? 0
        return body.least(
          body.largest(body.slice(own, from: place, to: place + 1, axis: 0), body.constant(0)),
          body.constant(1))
      }
      switch aggregation {
      case .sum: return factor
      case .any:
        return body.multiply(factor, body.subtract(body.constant(1), chance(kind)))
      case .survival(let next): return body.multiply(factor, chance(next))
      }
    }
    return body.concatenate(terms, axis: 0)
  }
}

/// Experts, gates and towers (`HeadMixture`) as nodes: the fixed part outside of a loop, the rest in it.
private struct GraphMixture {
  private let sides: GraphSides
  private let width: Int
  private let shared: Int
  private let own: Int
  private let heads: [EvaluatorHead]
  private let sharedMade: Graph.Value?
  private let made: [(own: Graph.Value?, gate: Graph.Value?)]

  init(
    _ sides: GraphSides, _ c: ScreenConfiguration, heads: [EvaluatorHead], fixed: Graph.Value,
    in graph: inout Graph
  ) throws {
    self.sides = sides
    self.heads = heads
    width = c.expertWidth
    (shared, own) = c.mixture.experts(c.experts)
    sharedMade =
      shared > 0 ? try sides.linear("mixture.shared.fixed", fixed, in: &graph) : nil
    var made: [(own: Graph.Value?, gate: Graph.Value?)] = []
    for head in heads {
      let name = "mixture.\(head.feedback)"
      made.append(
        (
          own > 0 ? try sides.linear("\(name).own.fixed", fixed, in: &graph) : nil,
          shared + own > 1 ? try sides.linear("\(name).gate.fixed", fixed, in: &graph) : nil
        ))
    }
    self.made = made
  }

  /// `moving [M, _]` -> `[M, heads]`
  func outputs(_ moving: Graph.Value, in body: inout Graph) throws -> Graph.Value {
    let common = try experts(
      "mixture.shared", "mixture.shared_norm", sharedMade, shared, moving, in: &body)
    var columns: [Graph.Value] = []
    for (head, parts) in zip(heads, made) {
      let name = "mixture.\(head.feedback)"
      let single = try experts(
        "\(name).own", "\(name).own_norm", parts.own, own, moving, in: &body)
      let all = body.concatenate([common, single].compactMap(\.self), axis: 1)  // [M, E, H]
      var mixed: Graph.Value
      if let gate = parts.gate {
        let scores = body.add(gate, try sides.linear("\(name).gate.moving", moving, in: &body))
        let chances = body.node("Softmax", [scores], ["axis": .int(1)])
        mixed = body.sum(body.multiply(body.unsqueeze(chances, [2]), all), axes: [1])
      } else {
        mixed = body.squeeze(all, [1])
      }
      mixed = body.relu(try sides.linear("\(name).hidden", mixed, in: &body))
      columns.append(try sides.linear("\(name).output", mixed, in: &body))
    }
    return body.concatenate(columns, axis: 1)
  }

  /// `[M, count, H]`
  private func experts(
    _ name: String, _ norm: String, _ made: Graph.Value?, _ count: Int, _ moving: Graph.Value,
    in body: inout Graph
  ) throws -> Graph.Value? {
    guard let made else { return nil }
    let hidden = body.add(made, try sides.linear("\(name).moving", moving, in: &body))
    let normal = body.node(
      "LayerNormalization",
      [
        body.reshape(hidden, [-1, count, width]),
        body.reshape(try sides.weight("\(norm).gain", in: &body), [width]),
        body.reshape(try sides.weight("\(norm).bias", in: &body), [width]),
      ], ["axis": .int(-1), "epsilon": .float(1e-5)])
    return body.multiply(normal, body.sigmoid(normal))
  }
}
