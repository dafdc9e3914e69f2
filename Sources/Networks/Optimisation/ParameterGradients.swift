import Autodiff
import Tensors

/// Gradients of all parameters of a model for one step: dense ones whole, tables by rows.
public struct ParameterGradients: Sendable {
  /// By parameter position; nil where nothing flowed or the parameter is a table.
  public private(set) var dense: [Matrix?]
  /// Rows of table parameters, each row once, in ascending order.
  public private(set) var sparse: [Int: SparseRows]

  /// Takes the parameters' part of a backward pass.
  public init(_ gradients: Gradients, parameters: Int) {
    dense = (0..<parameters).map { gradients[parameter: $0] }
    sparse = gradients.sparse.mapValues(ParameterGradients.merged)
  }

  /// The sum over shards, from the first to the last, so that it does not depend on which worker
  /// finished when. Parameters are summed side by side.
  public static func sum(_ shards: [ParameterGradients], workers: Workers) -> ParameterGradients {
    guard var result = shards.first else { preconditionFailure("a step has at least one shard") }
    guard shards.count > 1 else { return result }
    // A large parameter is cut up inside its sum, so that no worker has all of it alone.
    for position in result.dense.indices {
      let parts = shards.compactMap { $0.dense[position] }
      guard let first = parts.first else { continue }
      result.dense[position] = Matrix(
        rows: first.rows, columns: first.columns,
        scalars: Tensors.sum(parts.map(\.scalars), workers: workers))
    }
    let tables = Set(shards.flatMap(\.sparse.keys)).sorted()
    let merged = workers.map(tables.count) { i in
      ParameterGradients.merged(shards.compactMap { $0.sparse[tables[i]] })
    }
    result.sparse = Dictionary(uniqueKeysWithValues: zip(tables, merged))
    return result
  }

  /// `sqrt(sum of squares)` over everything.
  public var norm: Double { norm(workers: Workers(1)) }

  /// The same, large parameters shared out.
  public func norm(workers: Workers) -> Double {
    var sum = 0.0
    for case let matrix? in dense { sum += sumOfSquares(matrix.scalars, workers: workers) }
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
