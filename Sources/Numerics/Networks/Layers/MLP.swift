package import Autodiff
import Tensors

/// Linear layers with a ReLU after each but the last.
package struct MLP: Sendable {
  package let layers: [Linear]
  package let activatesLast: Bool

  /// - Parameters:
  ///   - widths: input, hidden widths, output.
  ///   - activatesLast: a ReLU after the last layer too.
  package init(
    _ widths: [Int], activatesLast: Bool = false, name: String,
    in builder: inout ParameterBuilder
  ) {
    self.activatesLast = activatesLast
    layers = builder.scope(name) { builder in
      (1..<widths.count).map { i in
        let isActivated = i < widths.count - 1 || activatesLast
        return Linear(
          widths[i - 1], widths[i], gain: isActivated ? 6 : 3, name: "\(i - 1)", in: &builder)
      }
    }
  }

  /// `x [R, I]` -> `[R, O]`
  package func callAsFunction(_ x: Variable, on tape: Tape) -> Variable {
    var y = x
    for (i, layer) in layers.enumerated() {
      y = layer(y, rectified: i < layers.count - 1 || activatesLast, on: tape)
    }
    return y
  }
}
