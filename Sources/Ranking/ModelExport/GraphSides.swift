import Checkpoints
import Features

/// Features of a request as inputs of a graph, and what a network makes of them.
struct GraphSides {
  let layout: FeatureLayout
  let tensors: [String: StoredTensor]
  let precision: StoredPrecision
  /// What the names of the model's tensors start with.
  let prefix: String

  func tensor(_ name: String) throws -> StoredTensor {
    guard let tensor = tensors[prefix + name] else {
      throw ExportError.graph(
        family: prefix, what: "a model without the tensor \(prefix)\(name)",
        remedy: "export with the release that trained it")
    }
    return tensor
  }

  func weight(_ name: String, in graph: inout Graph) throws -> Graph.Value {
    graph.weight(try tensor(name), precision)
  }

  /// Whether there is a tensor of that name.
  func has(_ name: String) -> Bool { tensors[prefix + name] != nil }

  func linear(
    _ name: String, _ x: Graph.Value, in graph: inout Graph
  ) throws -> Graph.Value {
    graph.linear(
      x, try weight("\(name).weight", in: &graph),
      has("\(name).bias") ? try weight("\(name).bias", in: &graph) : nil)
  }

  /// A side's inputs: `NAME_numbers [rows, numbers]`, `NAME_indices [rows, categoricals]` and, of each
  /// bag, `NAME_bag_FIELD [rows, rows of its table]`: the weight of each of its values.
  struct Inputs {
    let numbers: Graph.Value
    /// nil without categoricals.
    let indices: Graph.Value?
    let bags: [Graph.Value]
  }

  /// Inputs, and what a network makes of them.
  struct Side {
    let inputs: Inputs
    /// Numbers, rows of tables and means of bags side by side, `[rows, width]`.
    let rows: Graph.Value

    var numbers: Graph.Value { inputs.numbers }
    var indices: Graph.Value? { inputs.indices }
  }

  /// - Parameters:
  ///   - name: of the inputs.
  ///   - count: of rows; nil for one that a run decides.
  static func inputs(
    _ name: String, _ side: SideLayout, rows count: Int?, in graph: inout Graph
  ) -> Inputs {
    let numbers = graph.input("\(name)_numbers", .float, [count, side.numbers.count])
    let indices =
      side.categoricals.isEmpty
      ? nil : graph.input("\(name)_indices", .int64, [count, side.categoricals.count])
    var bags: [Graph.Value] = []
    for field in side.bags {
      bags.append(graph.input("\(name)_bag_\(field.name)", .float, [count, field.rows]))
    }
    return Inputs(numbers: numbers, indices: indices, bags: bags)
  }

  /// What this model makes of the inputs of a side, `[rows, width]`.
  ///
  /// - Parameter tables: what the names of its tables start with.
  func rows(
    _ inputs: Inputs, _ side: SideLayout, tables: String, in graph: inout Graph
  ) throws -> Graph.Value {
    var parts = side.numbers.isEmpty ? [] : [inputs.numbers]
    if let indices = inputs.indices {
      for (place, field) in side.categoricals.enumerated() {
        parts.append(
          graph.gather(
            try weight("\(tables).\(field.name)", in: &graph),
            graph.entry(indices, place, axis: 1), axis: 0))
      }
    }
    for (field, shares) in zip(side.bags, inputs.bags) {
      parts.append(graph.product(shares, try weight("\(tables).\(field.name)", in: &graph)))
    }
    return parts.isEmpty ? inputs.numbers : graph.concatenate(parts, axis: 1)
  }

  func side(
    _ name: String, _ side: SideLayout, tables: String, rows count: Int?, in graph: inout Graph
  ) throws -> Side {
    let inputs = Self.inputs(name, side, rows: count, in: &graph)
    return Side(inputs: inputs, rows: try rows(inputs, side, tables: tables, in: &graph))
  }

  /// Items together with their request (`ItemEncoder`): `items [M, D]`, `request [1, R]` -> `[M, H]`.
  func encoder(
    _ name: String, _ items: Graph.Value, _ request: Graph.Value, in graph: inout Graph
  ) throws -> Graph.Value {
    let match = graph.multiply(
      try linear("\(name).item_fit", items, in: &graph),
      try linear("\(name).request_fit", request, in: &graph))
    let hidden = graph.add(
      graph.add(
        try linear("\(name).item", items, in: &graph),
        try linear("\(name).request", request, in: &graph)),
      try linear("\(name).fit", match, in: &graph))
    return graph.relu(try linear("\(name).output", graph.relu(hidden), in: &graph))
  }
}
