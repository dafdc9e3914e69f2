package import Autodiff
import Tensors

/// Numbers as they are, categories through tables, bags through the mean of their rows, side by
/// side in one matrix.
package struct MixedInput: Sendable {
  /// Name, rows and width of one table.
  package typealias Table = (name: String, rows: Int, dimension: Int)

  package let numbers: Int
  package let categoricals: [Embedding]
  package let bags: [Embedding]
  /// Width of the result.
  package let width: Int

  package init(
    numbers: Int, categoricals: [Table], bags: [Table], name: String,
    in builder: inout ParameterBuilder
  ) {
    self.numbers = numbers
    width = (categoricals + bags).reduce(numbers) { $0 + $1.dimension }
    (self.categoricals, self.bags) = builder.scope(name) { builder in
      let make = { (table: Table, builder: inout ParameterBuilder) in
        Embedding(
          rows: table.rows, dimension: table.dimension, name: table.name, in: &builder)
      }
      return (
        categoricals.map { make($0, &builder) }, bags.map { make($0, &builder) }
      )
    }
  }

  /// - Parameters:
  ///   - values: `[rows, numbers]`.
  ///   - indices: `[rows, categoricals]`.
  ///   - bagOffsets: `rows * bags + 1` offsets into `bagIndices`.
  /// - Returns: `[rows, width]`.
  package func callAsFunction(
    rows: Int, numbers values: [Float], indices: [Int32], bagOffsets: [Int32],
    bagIndices: [Int32], on tape: Tape
  ) -> Variable {
    var parts: [Variable] = []
    if numbers > 0 {
      parts.append(tape.constant(Matrix(rows: rows, columns: numbers, scalars: values)))
    }
    for (c, table) in categoricals.enumerated() {
      let column = stride(from: c, to: rows * categoricals.count, by: categoricals.count)
      parts.append(table(column.map { indices[$0] }, on: tape))
    }
    for (b, table) in bags.enumerated() {
      var offsets = [0]
      var members: [Int32] = []
      for row in 0..<rows {
        let bag = row * bags.count + b
        members += bagIndices[Int(bagOffsets[bag])..<Int(bagOffsets[bag + 1])]
        offsets.append(members.count)
      }
      parts.append(table.mean(members, offsets: offsets, on: tape))
    }
    if parts.isEmpty { return tape.constant(Matrix(rows: rows, columns: 0)) }
    return parts.count == 1 ? parts[0] : tape.concatenate(parts)
  }
}
