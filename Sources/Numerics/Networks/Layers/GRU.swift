package import Autodiff

/// A gated recurrent unit; gates in the order reset, update, new.
package struct GRU: Sendable {
  package let width: Int
  /// The input's part of the gates, `I -> 3G`.
  package let input: Linear
  /// The state's part of the gates, `G -> 3G`.
  package let recurrent: Linear

  package init(_ inputs: Int, _ width: Int, name: String, in builder: inout ParameterBuilder) {
    self.width = width
    (input, recurrent) = builder.scope(name) { builder in
      (
        Linear(inputs, 3 * width, name: "input", in: &builder),
        Linear(width, 3 * width, gain: 1, name: "recurrent", in: &builder)
      )
    }
  }

  /// One step with the input's part at hand: `gates [R, 3G]`, `h [R, G]` -> `[R, G]`.
  package func step(gates: Variable, h: Variable, on tape: Tape) -> Variable {
    tape.gatedCell(x: gates, recurrent: recurrent(h, on: tape), h: h)
  }

  /// All slots of lists of N from a state of zeros, with the input's part at hand:
  /// `gates [R, 3G]` -> `[B N, G]`; `picked` names the row of gates of every slot.
  package func sequence(
    gates: Variable, picked: [Int32]? = nil, slots: Int, on tape: Tape
  ) -> Variable {
    guard let bias = recurrent.bias else { preconditionFailure("the recurrent layer has a bias") }
    return tape.gatedSequence(
      x: gates, picked: picked, weight: tape.parameter(recurrent.weight),
      bias: tape.parameter(bias), slots: slots)
  }
}
