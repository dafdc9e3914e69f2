import Tensors

extension Tape {
  /// The inputs side by side: `[R, I_1], [R, I_2], ...` -> `[R, sum I]`.
  package func concatenate(_ parts: [Variable]) -> Variable {
    let values = parts.map { value($0) }
    let rows = values.first?.rows ?? 0
    precondition(values.allSatisfy { $0.rows == rows }, "parts differ in rows")
    var output = Matrix(uninitialisedRows: rows, columns: values.reduce(0) { $0 + $1.columns })
    var first = 0
    for part in values {
      output.setColumns(from: first, to: part)
      first += part.columns
    }
    guard recording else { return constant(output) }
    return record(output, from: parts) { gradient, gradients in
      var first = 0
      for part in parts {
        gradients.add(to: part) { $0.addColumns(of: gradient, from: first) }
        first += gradients.width(of: part)
      }
    }
  }

  /// Columns `range` of `x [R, I]` -> `[R, range]`.
  package func columns(_ range: Range<Int>, of x: Variable) -> Variable {
    let input = value(x)
    let output = input.columns(range)
    guard recording else { return constant(output) }
    return record(output, from: [x]) { gradient, gradients in
      gradients.add(to: x) { $0.addIntoColumns(from: range.lowerBound, gradient) }
    }
  }
}
