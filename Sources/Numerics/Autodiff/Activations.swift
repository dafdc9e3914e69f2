package import Tensors

extension Tape {
  /// `f(x)`, elementwise. Any shape.
  package func activation(_ f: Activation, _ x: Variable) -> Variable {
    let input = value(x)
    let output = Matrix(
      rows: input.rows, columns: input.columns, scalars: f.apply(to: input.scalars))
    guard recording else { return constant(output) }
    return record(output, from: [x]) { gradient, gradients in
      let scalars = f.pullback(gradient.scalars, output: output.scalars)
      gradients.add(
        Matrix(rows: output.rows, columns: output.columns, scalars: scalars), to: x)
    }
  }
}
