import Checkpoints
import EvaluatorModel
import Features

/// What the evaluators expect of candidates alone and beside each other (`SequentialTerms`), for one head, as
/// nodes: made outside of the loop.
struct GraphTerms {
  /// `[M]`
  let single: Graph.Value
  /// Effects of the places, `[N]`.
  let effects: Graph.Value
  let slots: Int
  let isExamined: Bool
  let isBinary: Bool
  let unit: Float
  /// nil where no member has relations.
  let relations: Relations?

  /// Row j, column i, `[M, M]` each: what j adds to i anywhere below, right below, and what i adds to j from
  /// right below; and of each field what 1 / distance to the last of the same value counts.
  struct Relations {
    let above: Graph.Value
    let next: Graph.Value
    let back: Graph.Value
    let distance: [Float]
  }
}

/// Makes the terms of all heads that are needed.
struct GraphTermsMaker {
  let record: EvaluatorRecord
  let layout: FeatureLayout
  let tensors: [String: StoredTensor]
  let precision: StoredPrecision
  let item: GraphSides.Inputs
  let user: GraphSides.Inputs
  let context: GraphSides.Inputs
  /// Of each categorical whether two candidates have the same known value, `[M, M]`.
  let equals: [Graph.Value]

  private enum Share: Int { case linear, encoded, relations, channels, fit, behaviours }

  /// One member's part.
  private struct Member {
    let sides: GraphSides
    let items: Graph.Value
    let shares: [Float]
    /// `[M, E]`
    let single: Graph.Value

    func share(_ share: Share) -> Float {
      share.rawValue < shares.count ? shares[share.rawValue] : 0
    }
  }

  func terms(heads: [Int], in graph: inout Graph) throws -> [Int: GraphTerms] {
    let members = try (0..<record.members).map { try member($0, in: &graph) }
    var result: [Int: GraphTerms] = [:]
    for head in heads { result[head] = try terms(head, members, in: &graph) }
    return result
  }

  private func member(_ number: Int, in graph: inout Graph) throws -> Member {
    let sides = GraphSides(
      layout: layout, tensors: tensors, precision: precision, prefix: "evaluator.\(number).")
    let items = try sides.rows(item, layout.item, tables: "item", in: &graph)
    let requests = graph.concatenate(
      [
        try sides.rows(user, layout.user, tables: "user", in: &graph),
        try sides.rows(context, layout.context, tables: "context", in: &graph),
      ], axis: 1)
    let shares = try sides.tensor("pointwise.shares").scalars
    func share(_ share: Share) -> Float {
      share.rawValue < shares.count ? shares[share.rawValue] : 0
    }
    guard share(.behaviours) == 0 else {
      throw ExportError.graph(
        family: "generator", what: "a reference that sees the user's history",
        remedy: "train without schema.history, or use --device")
    }
    var single = try sides.linear("pointwise.numbers", bent(item.numbers, in: &graph), in: &graph)
    if sides.has("pointwise.attraction") {
      single = graph.add(single, try sides.weight("pointwise.attraction", in: &graph))
    }
    func add(_ part: Graph.Value, _ share: Float) {
      single = graph.add(single, graph.multiply(part, graph.constant(share)))
    }
    if share(.linear) > 0 {
      add(
        graph.add(
          try sides.linear("pointwise.item", items, in: &graph),
          try sides.linear("pointwise.request", requests, in: &graph)), share(.linear))
    }
    if share(.fit) > 0, sides.has("pointwise.fit.item.weight") {
      let projected = try sides.linear("pointwise.fit.item", items, in: &graph)  // [M, P]
      let wanted = try sides.linear("pointwise.fit.request", requests, in: &graph)  // [1, E P]
      let width = try sides.tensor("pointwise.fit.item.weight").shape[1]
      let split = graph.reshape(wanted, [record.heads.count, width])
      let fits = graph.product(
        projected, graph.node("Transpose", [split], ["perm": .ints([1, 0])]))
      add(graph.multiply(fits, graph.constant(1 / Float(width).squareRoot())), share(.fit))
    }
    if share(.encoded) > 0 {
      let encoded =
        record.configuration.itemHidden > 0
        ? try sides.encoder("encoder", items, requests, in: &graph)
        : graph.concatenate(
          [
            items,
            graph.add(
              requests,
              graph.multiply(graph.sum(items, axes: [1], keeps: true), graph.constant(0))),
          ], axis: 1)
      add(try sides.linear("pointwise.encoded", encoded, in: &graph), share(.encoded))
    }
    return Member(sides: sides, items: items, shares: shares, single: single)
  }

  /// Each number and what of it lies above -1, 0 and 1, side by side: `[M, 4 numbers]`.
  private func bent(_ numbers: Graph.Value, in graph: inout Graph) -> Graph.Value {
    let plain = graph.unsqueeze(numbers, [2])
    let parts = [-1, 0, 1].map { bend -> Graph.Value in
      graph.relu(graph.subtract(plain, graph.constant(Float(bend))))
    }
    return graph.reshape(
      graph.concatenate([plain] + parts, axis: 2), [-1, 4 * layout.item.numbers.count])
  }

  private func terms(
    _ head: Int, _ members: [Member], in graph: inout Graph
  ) throws -> GraphTerms {
    let part = 1 / Float(members.count)
    func mean(_ values: [Graph.Value]) -> Graph.Value {
      let sum = values.dropFirst().reduce(values[0]) { graph.add($0, $1) }
      return graph.multiply(sum, graph.constant(part))
    }
    let kind = record.heads[head]
    let effects = try members.map {
      graph.entry(try $0.sides.weight("pointwise.slots", in: &graph), head, axis: 1)
    }
    return GraphTerms(
      single: mean(members.map { graph.entry($0.single, head, axis: 1) }),
      effects: mean(effects), slots: record.slots, isExamined: kind.isExamined,
      isBinary: kind.kind == .binary, unit: kind.unit,
      relations: try relations(head, members.filter { $0.share(.relations) > 0 }, part, in: &graph))
  }

  private func relations(
    _ head: Int, _ members: [Member], _ part: Float, in graph: inout Graph
  ) throws -> GraphTerms.Relations? {
    guard !members.isEmpty else { return nil }
    var sums: [Graph.Value?] = [nil, nil, nil]
    var distance = equals.map { _ in Float(0) }
    func add(_ place: Int, _ value: Graph.Value, _ factor: Float) {
      let own = graph.multiply(value, graph.constant(factor))
      sums[place] = sums[place].map { graph.add($0, own) } ?? own
    }
    let (above, next, back) = (0, 1, 2)
    for member in members {
      let output = try member.sides.tensor("pointwise.relations.output.weight")
      let rounded = precision.rounded(output)
      let columns = rounded.shape[1]
      func weight(_ row: Int) -> Float {
        rounded.scalars[row * columns + head] * part * member.share(.relations)
      }
      var spaces = 0
      while member.sides.has("pointwise.relations.likeness.\(spaces).weight") {
        let name = "pointwise.relations.likeness.\(spaces)"
        let z = try member.sides.linear(name, member.items, in: &graph)
        let width = try member.sides.tensor("\(name).weight").shape[1]
        let likeness = graph.multiply(
          graph.product(z, graph.node("Transpose", [z], ["perm": .ints([1, 0])])),
          graph.constant(1 / Float(width)))
        let squares = graph.multiply(likeness, likeness)
        add(above, squares, weight(2 * spaces))
        add(next, squares, weight(2 * spaces + 1))
        spaces += 1
      }
      let contrast = try member.sides.linear(
        "pointwise.relations.contrast", member.items, in: &graph)
      let width = try member.sides.tensor("pointwise.relations.contrast.weight").shape[1]
      for x in 0..<width {
        let own = graph.entry(contrast, x, axis: 1)
        let difference = graph.subtract(graph.unsqueeze(own, [0]), graph.unsqueeze(own, [1]))
        let up = graph.relu(difference)
        let down = graph.subtract(up, difference)
        let first = 2 * spaces + x
        add(next, up, weight(first))
        add(next, down, weight(first + width))
        add(back, down, weight(first + 2 * width))
        add(back, up, weight(first + 3 * width))
      }
      for (field, same) in equals.enumerated() {
        let base = 2 * spaces + 4 * width + 4 * field
        add(above, same, weight(base) / Float(max(1, record.slots - 1)))
        distance[field] += weight(base + 1)
        add(next, same, weight(base + 2))
        add(back, same, weight(base + 3))
      }
    }
    guard let a = sums[above], let n = sums[next], let b = sums[back] else { return nil }
    return GraphTerms.Relations(above: a, next: n, back: b, distance: distance)
  }
}
