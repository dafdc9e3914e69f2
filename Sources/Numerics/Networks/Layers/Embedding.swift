package import Autodiff

/// A table of learned vectors, one per category.
package struct Embedding: Sendable {
  /// `[rows, dimension]`
  package let table: ParameterID

  package init(rows: Int, dimension: Int, name: String, in builder: inout ParameterBuilder) {
    // Small beside standardised numbers, so that rarely seen rows start out as near nothing.
    table = builder.normal(name, rows: rows, columns: dimension, deviation: 0.1, isTable: true)
  }

  /// -> `[indices, dimension]`
  package func callAsFunction(_ indices: [Int32], on tape: Tape) -> Variable {
    tape.embedding(table.position, indices)
  }

  /// Mean over each bag -> `[bags, dimension]`
  package func mean(_ indices: [Int32], offsets: [Int], on tape: Tape) -> Variable {
    tape.embeddingMean(table.position, indices, offsets: offsets)
  }
}
