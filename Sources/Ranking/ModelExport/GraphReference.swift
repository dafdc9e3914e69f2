import Objectives

/// The policy that a generator starts from (`ReferencePolicy`) as nodes of a graph.
struct GraphReference {
  /// A predicted objective: its place among all objectives and among the predicted ones.
  struct Factor {
    let objective: Int
    let place: Int
    let terms: GraphTerms
    /// `[]`, w / scale.
    let weight: Graph.Value
    /// `[]`, 1 where w is above 0: what has no weight is not looked at.
    let isAsked: Graph.Value
  }

  struct Rule {
    let utility: any RuleUtility
    let column: Int
    /// `[]`, w / scale.
    let weight: Graph.Value
  }

  let factors: [Factor]
  let rules: [Rule]
  let graphRules: GraphRules
  let equals: [Graph.Value]
  let sharpness: Float
  /// Of the first place; made by `measure`.
  private(set) var mean: Graph.Value = ""
  private(set) var scale: Graph.Value = ""
  /// Of each factor, the mean and 1 / deviation over the candidates in the first place.
  private(set) var moments: [(mean: Graph.Value, inverse: Graph.Value)] = []

  static let followers = 12
  static let rounding: Float = 1e-6

  init(
    factors: [Factor], rules: [Rule], graphRules: GraphRules, equals: [Graph.Value],
    sharpness: Float
  ) {
    self.factors = factors
    self.rules = rules
    self.graphRules = graphRules
    self.equals = equals
    self.sharpness = sharpness
  }

  /// The lists so far, beside what rules see of them.
  struct State {
    let placed: GraphRules.Placed
    /// `[]`, int64: the next place.
    let step: Graph.Value
    /// `[]`, int64: the item in the last place; any before there is one.
    let last: Graph.Value
    /// `[]`, bool: whether there is an item above.
    let hasLast: Graph.Value
    /// Of each factor `[]`: what spoke for the last item when it was placed.
    let alone: [Graph.Value]
  }

  /// What is known of all candidates in a place.
  struct Step {
    /// `[M]`
    let logits: Graph.Value
    /// Of each factor `[M]`.
    let gains: [Graph.Value]
    let slopes: [Graph.Value]
    /// What speaks for candidates without the place itself.
    let appeals: [Graph.Value]
  }

  /// Raw outputs of what speaks for items in a place.
  func joined(
    _ terms: GraphTerms, _ step: Graph.Value, _ appeal: Graph.Value, in graph: inout Graph
  ) -> Graph.Value {
    let place = graph.largest(
      graph.least(step, graph.constant(ints: [terms.slots - 1], [])), graph.constant(ints: [0], []))
    let effect = graph.gather(terms.effects, place, axis: 0)
    guard terms.isExamined else { return graph.add(appeal, effect) }
    // The logit of the product of two chances.
    func log1p(_ a: Graph.Value, _ b: Graph.Value) -> Graph.Value {
      // log(e^a + e^b)
      let top = graph.largest(a, b)
      return graph.add(
        top,
        graph.node(
          "Log",
          [
            graph.add(
              graph.node("Exp", [graph.subtract(a, top)]),
              graph.node("Exp", [graph.subtract(b, top)]))
          ]))
    }
    let (x, y) = (graph.node("Neg", [effect]), graph.node("Neg", [appeal]))
    return graph.node("Neg", [log1p(log1p(x, y), graph.add(x, y))])
  }

  func appeal(
    _ terms: GraphTerms, _ state: State, in graph: inout Graph
  ) -> Graph.Value {
    guard let relations = terms.relations else { return terms.single }
    let mask = graph.unsqueeze(state.placed.mask, [0])
    var sum = graph.add(
      terms.single, graph.squeeze(graph.product(mask, relations.above), [0]))
    let beside = graph.gather(relations.next, state.last, axis: 0)
    sum = graph.add(sum, graph.multiply(beside, graph.float(state.hasLast)))
    let inverse = graph.unsqueeze(GraphRules.inverse(state.placed, in: &graph), [1])
    for (same, weight) in zip(equals, relations.distance) where weight != 0 {
      let nearest = graph.maximum(graph.multiply(same, inverse), axes: [0])
      sum = graph.add(sum, graph.multiply(nearest, graph.constant(weight)))
    }
    return sum
  }

  func values(
    _ state: State, in graph: inout Graph
  ) throws -> (
    sums: Graph.Value, gains: [Graph.Value], slopes: [Graph.Value], appeals: [Graph.Value]
  ) {
    var sums: Graph.Value?
    func add(_ part: Graph.Value) { sums = sums.map { graph.add($0, part) } ?? part }
    var (gains, slopes, appeals): ([Graph.Value], [Graph.Value], [Graph.Value]) = ([], [], [])
    let isBelow = graph.float(state.hasLast)
    for (number, factor) in factors.enumerated() {
      let terms = factor.terms
      let appeal = appeal(terms, state, in: &graph)
      let raw = joined(terms, state.step, appeal, in: &graph)
      var gain: Graph.Value
      if terms.isBinary {
        gain = graph.sigmoid(raw)
        slopes.append(graph.multiply(gain, graph.subtract(graph.constant(1), gain)))
      } else {
        gain = graph.multiply(raw, graph.constant(terms.unit))
        slopes.append(
          graph.add(graph.multiply(raw, graph.constant(0)), graph.constant(terms.unit)))
      }
      if let relations = terms.relations {
        let back = graph.gather(relations.back, state.last, axis: 0)
        let before = graph.subtract(state.step, graph.constant(ints: [1], []))
        let change: Graph.Value
        if terms.isBinary {
          let alone = state.alone[number]
          let now = graph.sigmoid(joined(terms, before, alone, in: &graph))
          let then = graph.sigmoid(
            joined(terms, before, graph.add(back, alone), in: &graph))
          change = graph.subtract(then, now)
        } else {
          change = graph.multiply(back, graph.constant(terms.unit))
        }
        gain = graph.add(gain, graph.multiply(change, isBelow))
      }
      gains.append(gain)
      appeals.append(appeal)
      add(graph.multiply(gain, factor.weight))
    }
    for rule in rules {
      add(
        graph.multiply(
          try graphRules.increments(
            rule.utility, column: rule.column, after: state.placed, in: &graph), rule.weight))
    }
    guard let sums else {
      throw ExportError.graph(
        family: "generator", what: "a reference without objectives", remedy: "train it anew")
    }
    return (sums, gains, slopes, appeals)
  }

  /// Takes the moments of the first place, outside of the loop.
  mutating func measure(_ start: State, in graph: inout Graph) throws {
    let (sums, gains, _, _) = try values(start, in: &graph)
    func moments(_ values: Graph.Value) -> (mean: Graph.Value, squares: Graph.Value) {
      let mean = graph.node("ReduceMean", [values], ["axes": .ints([0]), "keepdims": .int(0)])
      let centred = graph.subtract(values, mean)
      return (
        mean,
        graph.node(
          "ReduceMean", [graph.multiply(centred, centred)],
          ["axes": .ints([0]), "keepdims": .int(0)])
      )
    }
    let whole = moments(sums)
    var squares = whole.squares
    for gain in gains {
      let (mean, square) = moments(gain)
      let deviation = graph.node("Sqrt", [square])
      let known = graph.node(
        "Greater",
        [deviation, graph.multiply(graph.node("Abs", [mean]), graph.constant(Self.rounding))])
      let inverse = graph.node(
        "Reciprocal", [graph.largest(deviation, graph.constant(1e-9))])
      self.moments.append((mean, graph.choose(known, inverse, graph.constant(0))))
    }
    for rule in rules {
      let increments = graph.multiply(
        try graphRules.increments(
          rule.utility, column: rule.column, after: start.placed, in: &graph), rule.weight)
      let third = graph.multiply(
        graph.maximum(graph.node("Abs", [increments]), axes: [0]), graph.constant(1 / 3))
      squares = graph.add(squares, graph.multiply(third, third))
    }
    let deviation = graph.node("Sqrt", [squares])
    let least = graph.largest(
      graph.multiply(graph.node("Abs", [whole.mean]), graph.constant(Self.rounding)),
      graph.constant(1e-12))
    mean = whole.mean
    scale = graph.choose(
      graph.node("Greater", [deviation, least]),
      graph.divide(
        graph.constant(sharpness), graph.largest(deviation, graph.constant(1e-30))),
      graph.constant(0))
  }

  func step(_ state: State, in graph: inout Graph) throws -> Step {
    let (sums, gains, slopes, appeals) = try values(state, in: &graph)
    return Step(
      logits: graph.multiply(graph.subtract(sums, mean), scale), gains: gains, slopes: slopes,
      appeals: appeals)
  }
}
