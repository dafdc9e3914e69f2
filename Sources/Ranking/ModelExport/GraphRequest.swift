import Features
import Objectives

/// What every graph is asked: the sides of a request, w, and what may stand where.
struct GraphRequest {
  let item: GraphSides.Side
  let user: GraphSides.Side
  let context: GraphSides.Side
  /// What rules read of each candidate, `[C, M]`.
  let columns: Graph.Value
  /// `[W]`, summing to 1.
  let weights: Graph.Value
  /// `[n, M]`, above 0 where a candidate may not stand.
  let excluded: Graph.Value
  /// `[n, M]`, added to the scores of the candidates.
  let noise: Graph.Value

  init(_ sides: GraphSides, _ objectives: ObjectiveSet, in graph: inout Graph) throws {
    let layout = sides.layout
    item = try sides.side("item", layout.item, tables: "item", rows: nil, in: &graph)
    user = try sides.side("user", layout.user, tables: "user", rows: 1, in: &graph)
    context = try sides.side("context", layout.context, tables: "context", rows: 1, in: &graph)
    columns = graph.input("columns", .float, [objectives.columns.count, nil])
    weights = graph.input("weights", .float, [objectives.count])
    excluded = graph.input("excluded", .float, [nil, nil])
    noise = graph.input("noise", .float, [nil, nil])
  }
}
