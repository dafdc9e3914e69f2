package import Autodiff
package import Tensors

/// Gradients of all parameters of a model for one step: dense ones whole, tables by rows.
package struct ParameterGradients: Sendable {
  /// By parameter position; nil where nothing flowed or the parameter is a table.
  package private(set) var dense: [Matrix?]
  /// Rows of table parameters, each row once, in ascending order.
  package private(set) var sparse: [Int: SparseRows]
  /// Sum of squares over `dense`, where it was taken while the numbers were at hand.
  private var denseSquares: Double?

  /// Takes the parameters' part of a backward pass.
  package init(_ gradients: Gradients, parameters: Int) {
    dense = (0..<parameters).map { gradients[parameter: $0] }
    sparse = gradients.sparse.mapValues(ParameterGradients.merged)
  }

  /// The sum over shards, from the first to the last, so that it does not depend on which worker
  /// finished when. Parameters are summed side by side.
  package static func sum(_ shards: [ParameterGradients], workers: Workers) -> ParameterGradients {
    guard var result = shards.first else { preconditionFailure("a step has at least one shard") }
    guard shards.count > 1 else { return result }
    let present = result.dense.indices.filter { position in
      shards.contains { $0.dense[position] != nil }
    }
    let (dense, squares) = sums(
      present.map { position in shards.compactMap { $0.dense[position] } }, workers: workers)
    for (position, sum) in zip(present, dense) { result.dense[position] = sum }
    result.denseSquares = squares
    let tables = Set(shards.flatMap(\.sparse.keys)).sorted()
    let merged = workers.map(tables.count) { i in
      ParameterGradients.merged(shards.compactMap { $0.sparse[tables[i]] })
    }
    result.sparse = Dictionary(uniqueKeysWithValues: zip(tables, merged))
    return result
  }

  /// Those of some parameters, numbered from 0.
  package func part(_ range: Range<Int>) -> ParameterGradients {
    var part = self
    part.dense = Array(dense[range])
    part.sparse = [:]
    for (position, rows) in sparse where range.contains(position) {
      part.sparse[position - range.lowerBound] = rows
    }
    part.denseSquares = nil
    return part
  }

  /// `sqrt(sum of squares)` over everything.
  package var norm: Double {
    var sum =
      denseSquares ?? dense.reduce(0) { $0 + ($1.map { sumOfSquares($0.scalars) } ?? 0) }
    for (_, rows) in sparse.sorted(by: { $0.key < $1.key }) {
      sum += sumOfSquares(rows.rows.scalars)
    }
    return sum.squareRoot()
  }

  /// One row per table row, ascending; contributions added in the order of their use.
  private static func merged(_ parts: [SparseRows]) -> SparseRows {
    let width = parts.first?.rows.columns ?? 0
    let used = Set(parts.flatMap(\.indices).filter { $0 >= 0 }).sorted()
    let place = Dictionary(uniqueKeysWithValues: zip(used, (0 as Int32)...))
    var rows = Matrix(rows: used.count, columns: width)
    for part in parts { rows.scatterAdd(part.rows, at: part.indices.map { place[$0] ?? -1 }) }
    return SparseRows(indices: used, rows: rows)
  }
}
