import Tensors

extension Tape {
  /// The same scalars in `rows` rows: `[R, C]` -> `[rows, R C / rows]`.
  package func reshape(_ x: Variable, rows: Int) -> Variable {
    let input = value(x)
    let columns = rows == 0 ? 0 : input.scalars.count / rows
    guard recording else { return constant(input.reshaped(rows: rows, columns: columns)) }
    return record(input.reshaped(rows: rows, columns: columns), from: [x]) { gradient, gradients in
      gradients.add(gradient.reshaped(rows: input.rows, columns: input.columns), to: x)
    }
  }
}
