package import Autodiff
import Tensors

/// `x W + b`.
package struct Linear: Sendable {
  package let inputs: Int
  package let outputs: Int
  /// `[I, O]`
  package let weight: ParameterID
  /// `[1, O]`
  package let bias: ParameterID?

  /// Weights start uniform in `+-sqrt(gain / I)`, biases at 0. A gain of 6 keeps the variance of
  /// what passes through a ReLU (He et al. 2015); 3 does so for a layer without one.
  package init(
    _ inputs: Int, _ outputs: Int, bias: Bool = true, gain: Double = 3, name: String,
    in builder: inout ParameterBuilder
  ) {
    self.inputs = inputs
    self.outputs = outputs
    (weight, self.bias) = builder.scope(name) { builder in
      let bound = (gain / Double(max(1, inputs))).squareRoot()
      return (
        builder.uniform("weight", rows: inputs, columns: outputs, bound: bound),
        bias ? builder.constant("bias", rows: 1, columns: outputs) : nil
      )
    }
  }

  /// `x [R, I]` -> `[R, O]`; with a ReLU if rectified.
  package func callAsFunction(
    _ x: Variable, rectified: Bool = false, on tape: Tape
  ) -> Variable {
    tape.linear(
      x, weight: tape.parameter(weight), bias: bias.map { tape.parameter($0) },
      rectified: rectified)
  }

  /// The layer over inputs side by side: their columns are the rows of the weight from the top down.
  ///
  /// - Parameter parts: each `[R, I_i]`, or one row per segment; sum of I_i is I.
  package func callAsFunction(
    _ parts: [(x: Variable, segments: [Int]?)], rectified: Bool = false, on tape: Tape
  ) -> Variable {
    var row = 0
    let terms = parts.map { part in
      defer { row += tape.value(part.x).columns }
      return LinearTerm(
        part.x, weight: tape.parameter(weight), firstRow: row, segments: part.segments)
    }
    precondition(row == inputs, "the parts are \(row) wide, the layer takes \(inputs)")
    return tape.linear(
      terms, bias: bias.map { tape.parameter($0) }, rectified: rectified)
  }
}
