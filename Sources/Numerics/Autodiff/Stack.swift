import Tensors

extension Tape {
  /// The inputs below each other: `[R_1, C], [R_2, C], ...` -> `[sum R, C]`.
  package func stack(_ parts: [Variable]) -> Variable {
    let values = parts.map { value($0) }
    let columns = values.first?.columns ?? 0
    precondition(values.allSatisfy { $0.columns == columns }, "parts differ in columns")
    let rows = values.reduce(0) { $0 + $1.rows }
    let output = Matrix(rows: rows, columns: columns, scalars: values.flatMap(\.scalars))
    guard recording else { return constant(output) }
    let counts = values.map(\.scalars.count)
    return record(output, from: parts) { gradient, gradients in
      var first = 0
      for (part, count) in zip(parts, counts) {
        gradients.add(to: part) { own in
          for i in 0..<count { own.scalars[i] += gradient.scalars[first + i] }
        }
        first += count
      }
    }
  }
}
