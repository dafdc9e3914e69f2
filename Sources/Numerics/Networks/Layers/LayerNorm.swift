import Autodiff

/// Layer normalisation with a learned gain and bias.
public struct LayerNorm: Sendable {
  /// `[1, H]`, starting at 1.
  public let gain: ParameterID
  /// `[1, H]`, starting at 0.
  public let bias: ParameterID

  public init(_ width: Int, name: String, in builder: inout ParameterBuilder) {
    (gain, bias) = builder.scope(name) { builder in
      (
        builder.constant("gain", rows: 1, columns: width, value: 1),
        builder.constant("bias", rows: 1, columns: width)
      )
    }
  }

  /// `x [R, H]` -> `[R, H]`
  public func callAsFunction(_ x: Variable, on tape: Tape) -> Variable {
    tape.layerNormalise(x, gain: tape.parameter(gain), bias: tape.parameter(bias))
  }
}
