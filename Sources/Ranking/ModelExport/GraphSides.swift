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

  /// Numbers, rows of tables and means of bags side by side, `[rows, width]`, with their inputs
  /// `NAME_numbers [rows, numbers]`, `NAME_indices [rows, categoricals]` and, of each bag,
  /// `NAME_bag_FIELD [rows, rows of its table]`: the weight of each of its values.
  struct Side {
    let rows: Graph.Value
    let numbers: Graph.Value
    /// nil without categoricals.
    let indices: Graph.Value?
  }

  /// - Parameters:
  ///   - name: of the inputs.
  ///   - tables: what the names of its tables start with.
  ///   - count: of rows; nil for one that a run decides.
  func side(
    _ name: String, _ side: SideLayout, tables: String, rows count: Int?, in graph: inout Graph
  ) throws -> Side {
    let numbers = graph.input("\(name)_numbers", .float, [count, side.numbers.count])
    var parts = side.numbers.isEmpty ? [] : [numbers]
    var indices: Graph.Value?
    if !side.categoricals.isEmpty {
      let input = graph.input("\(name)_indices", .int64, [count, side.categoricals.count])
      indices = input
      for (place, field) in side.categoricals.enumerated() {
        parts.append(
          graph.gather(
            try weight("\(tables).\(field.name)", in: &graph),
            graph.entry(input, place, axis: 1), axis: 0))
      }
    }
    for field in side.bags {
      let shares = graph.input("\(name)_bag_\(field.name)", .float, [count, field.rows])
      parts.append(graph.product(shares, try weight("\(tables).\(field.name)", in: &graph)))
    }
    return Side(
      rows: parts.isEmpty ? numbers : graph.concatenate(parts, axis: 1), numbers: numbers,
      indices: indices)
  }
}
