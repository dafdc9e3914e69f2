import Tensors

extension Tape {
  /// Layer normalisation (Ba et al. 2016): `gain * (x - mean) / sqrt(variance + 1e-5) + bias`.
  ///
  /// `x [R, H]`, `gain [1, H]`, `bias [1, H]` -> `[R, H]`.
  package func layerNormalise(_ x: Variable, gain: Variable, bias: Variable) -> Variable {
    let (normalised, inverse) = normalisedRows(value(x))
    let gains = value(gain)
    var output = Matrix(rows: normalised.rows, columns: normalised.columns)
    output.addToRows(value(bias))
    addProduct(normalised, rowVector: gains, into: &output)
    guard recording else { return constant(output) }
    return record(output, from: [x, gain, bias]) { gradient, gradients in
      gradients.add(to: gain) { addSumOfProducts(gradient, normalised, into: &$0) }
      gradients.add(to: bias) { $0.addSumOfRows(gradient) }
      gradients.add(to: x) {
        var inner = Matrix(rows: gradient.rows, columns: gradient.columns)
        addProduct(gradient, rowVector: gains, into: &inner)
        addNormalisedRowsPullback(
          inner, normalised: normalised, inverseDeviations: inverse, into: &$0)
      }
    }
  }
}
