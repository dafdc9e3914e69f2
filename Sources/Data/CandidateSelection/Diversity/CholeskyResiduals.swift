/// What is left of each item's similarity to itself once the placed items explain theirs:
/// `residual_i = det S[placed + i] / det S[placed]`.
package struct CholeskyResiduals {
  private let floors: [Double]
  private var residuals: [Double]
  /// Rows of the Cholesky factor so far, one per placed item [ranks, M].
  private var factor: [Double]
  private var rank = 0

  /// - Parameter ranks: how many items will be placed at most.
  package init(diagonal: [Double], ranks: Int) {
    floors = diagonal.map { max(0, 1e-10 * $0) }
    residuals = diagonal
    factor = [Double](repeating: 0, count: ranks * diagonal.count)
  }

  package subscript(item: Int) -> Double { residuals[item] }

  /// False once the residual is numerically 0.
  package func isOpen(_ item: Int) -> Bool { residuals[item] > floors[item] }

  /// Adds the row of `item`: `e_i = (S_i,item - sum_k c_k,item c_k,i) / sqrt(residual_item)`, and
  /// takes `e_i^2` from every residual.
  package mutating func place(_ item: Int, similarity: (Int) -> Double) {
    let count = residuals.count
    let root = residuals[item].squareRoot()
    precondition(root > 0, "item \(item) has no residual left")
    var row = residuals.indices.map(similarity)
    for k in 0..<rank {
      let weight = factor[k * count + item]
      for i in row.indices { row[i] -= weight * factor[k * count + i] }
    }
    for i in row.indices {
      row[i] /= root
      factor[rank * count + i] = row[i]
      residuals[i] -= row[i] * row[i]
    }
    rank += 1
  }
}
