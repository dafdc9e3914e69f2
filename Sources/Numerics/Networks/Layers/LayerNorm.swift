package import Autodiff

/// Layer normalisation with a learned gain and bias.
package struct LayerNorm: Sendable {
  /// `[1, H]`, starting at 1.
  package let gain: ParameterID
  /// `[1, H]`, starting at 0.
  package let bias: ParameterID

  package init(_ width: Int, name: String, in builder: inout ParameterBuilder) {
    (gain, bias) = builder.scope(name) { builder in
      (
        builder.constant("gain", rows: 1, columns: width, value: 1),
        builder.constant("bias", rows: 1, columns: width)
      )
    }
  }

  /// `x [R, H]` -> `[R, H]`
  package func callAsFunction(_ x: Variable, on tape: Tape) -> Variable {
    tape.layerNormalise(x, gain: tape.parameter(gain), bias: tape.parameter(bias))
  }
}
