import Tensors

extension Tape {
  /// A gated recurrent unit run along the N slots of each list, from a state of zeros.
  ///
  /// One operation for all steps, because their inputs are known beforehand and the input's part of
  /// the gates is one product.
  ///
  /// - Parameters:
  ///   - x: `[R, 3G]`, the input's part of the gates, bias included.
  ///   - picked: row of x for every slot `[B N]`, negative for an input of 0; in order when nil.
  ///   - weight: `[G, 3G]` on the state; bias: `[1, 3G]`.
  /// - Returns: the states `[B N, G]`.
  package func gatedSequence(
    x: Variable, picked: [Int32]? = nil, weight: Variable, bias: Variable, slots n: Int
  ) -> Variable {
    let (input, matrix, shift) = (value(x), value(weight), value(bias))
    guard recording else {
      return constant(gatedStates(input, picked: picked, weight: matrix, bias: shift, slots: n))
    }
    let width = matrix.rows
    let count = picked?.count ?? input.rows
    precondition(n > 0 && count % n == 0, "\(count) rows are not lists of \(n)")
    let lists = count / n
    var states = Matrix(uninitialisedRows: count, columns: width)
    var steps: [Step] = []
    var state = Matrix(rows: lists, columns: width)
    for t in 0..<n {
      var recurrent = Matrix(uninitialisedRows: lists, columns: 3 * width)
      recurrent.setProduct(state, matrix, bias: shift)
      let slots = (0..<lists).map { Int32($0 * n + t) }
      let rows = picked.map { picked in slots.map { picked[Int($0)] } } ?? slots
      let (next, gates) = gatedStep(x: input.gathered(rows), recurrent: recurrent, h: state)
      steps.append(
        Step(slots: slots, rows: rows, before: state, recurrent: recurrent, gates: gates))
      states.setRows(next, at: slots)
      state = next
    }
    return record(states, from: [x, weight, bias]) { gradient, gradients in
      var dInput = Matrix(rows: input.rows, columns: input.columns)
      var dState = Matrix(rows: lists, columns: width)
      for step in steps.reversed() {
        var dNext = gradient.gathered(step.slots)
        Tensors.add(dState.scalars, into: &dNext.scalars)
        var dx = Matrix(rows: lists, columns: 3 * width)
        var du = dx
        dState = Matrix(rows: lists, columns: width)
        addGatedStepPullback(
          dNext, gates: step.gates, recurrent: step.recurrent, h: step.before, intoX: &dx,
          recurrent: &du, h: &dState)
        dInput.scatterAdd(dx, at: step.rows)
        dState.setProduct(du, matrix, secondTransposed: true, accumulating: true)
        gradients.add(to: weight) {
          $0.setProduct(step.before, transposed: true, du, accumulating: true)
        }
        gradients.add(to: bias) { $0.addSumOfRows(du) }
      }
      gradients.add(dInput, to: x)
    }
  }

  private struct Step {
    /// Rows of the result and of x.
    let slots: [Int32]
    let rows: [Int32]
    let before: Matrix
    let recurrent: Matrix
    let gates: Matrix
  }
}
