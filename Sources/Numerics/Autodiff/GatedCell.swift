import Tensors

extension Tape {
  /// The gates of one step of a gated recurrent unit; see `gatedStep` for the formula.
  ///
  /// `x [R, 3G]`, `recurrent [R, 3G]`, both with bias, `h [R, G]` -> the state after, `[R, G]`.
  package func gatedCell(x: Variable, recurrent: Variable, h: Variable) -> Variable {
    let (pre, before) = (value(recurrent), value(h))
    let (state, gates) = gatedStep(x: value(x), recurrent: pre, h: before)
    guard recording else { return constant(state) }
    return record(state, from: [x, recurrent, h]) { gradient, gradients in
      var dx = Matrix(rows: gates.rows, columns: gates.columns)
      var du = dx
      var dh = Matrix(rows: before.rows, columns: before.columns)
      addGatedStepPullback(
        gradient, gates: gates, recurrent: pre, h: before, intoX: &dx, recurrent: &du, h: &dh)
      gradients.add(dx, to: x)
      gradients.add(du, to: recurrent)
      gradients.add(dh, to: h)
    }
  }
}
