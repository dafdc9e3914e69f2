import RandomStreams

/// Items as seeded vectors of length 1 and their inner products.
struct Similarities: Sendable {
  let relevance: [Double]
  private let vectors: [[Double]]

  /// - Parameter copies: that many of the last items repeat the first ones, vector and relevance.
  init(items: Int, dimensions: Int, seed: UInt64, copies: Int = 0) {
    var random = RandomStream(seed: seed, "similarities")
    var vectors = (0..<items - copies).map { _ in
      let draws = (0..<dimensions).map { _ in random.normal() }
      let norm = draws.reduce(0) { $0 + $1 * $1 }.squareRoot()
      return draws.map { $0 / norm }
    }
    var relevance = vectors.map { _ in random.normal() }
    vectors += vectors.prefix(copies)
    relevance += relevance.prefix(copies)
    self.vectors = vectors
    self.relevance = relevance
  }

  func between(_ a: Int, _ b: Int) -> Double {
    zip(vectors[a], vectors[b]).reduce(0) { $0 + $1.0 * $1.1 }
  }

  /// Items by relevance, ties by index.
  var byRelevance: [Int] {
    relevance.indices.sorted {
      relevance[$0] != relevance[$1] ? relevance[$0] > relevance[$1] : $0 < $1
    }
  }
}

/// Determinant by elimination with pivots; 1 for the empty matrix.
func determinant(_ matrix: [[Double]]) -> Double {
  var rows = matrix
  var product = 1.0
  for column in rows.indices {
    guard
      let pivot = (column..<rows.count).max(by: {
        abs(rows[$0][column]) < abs(rows[$1][column])
      }), rows[pivot][column] != 0
    else { return 0 }
    if pivot != column {
      rows.swapAt(pivot, column)
      product = -product
    }
    product *= rows[column][column]
    for row in (column + 1)..<max(rows.count, column + 1) {
      let factor = rows[row][column] / rows[column][column]
      for i in column..<rows.count { rows[row][i] -= factor * rows[column][i] }
    }
  }
  return product
}
