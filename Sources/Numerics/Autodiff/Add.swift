import Tensors

extension Tape {
  /// `a + b`; b has the shape of a, or is one row that is added to all.
  package func add(_ a: Variable, _ b: Variable) -> Variable {
    let (first, second) = (value(a), value(b))
    var output = first
    if second.hasShape(of: first) {
      Tensors.add(second.scalars, into: &output.scalars)
    } else {
      output.addToRows(second)
    }
    guard recording else { return constant(output) }
    return record(output, from: [a, b]) { gradient, gradients in
      gradients.add(gradient, to: a)
      if second.hasShape(of: first) {
        gradients.add(gradient, to: b)
      } else {
        gradients.add(to: b) { $0.addSumOfRows(gradient) }
      }
    }
  }

  /// `alpha x`
  package func scale(_ x: Variable, by alpha: Float) -> Variable {
    var output = value(x)
    Tensors.scale(&output.scalars, by: alpha)
    guard recording else { return constant(output) }
    return record(output, from: [x]) { gradient, gradients in
      gradients.add(to: x) {
        Tensors.add(gradient.scalars, scaledBy: alpha, into: &$0.scalars)
      }
    }
  }

  /// `sum_i weights_i x_i` over all scalars of x -> `[1, 1]`; the weights are data.
  package func weightedSum(_ x: Variable, weights: [Float]) -> Variable {
    let input = value(x)
    precondition(input.scalars.count == weights.count, "one weight per scalar")
    var sum = 0.0
    for i in weights.indices { sum += Double(weights[i]) * Double(input.scalars[i]) }
    guard recording else { return constant(Matrix(rows: 1, columns: 1, scalars: [Float(sum)])) }
    return record(Matrix(rows: 1, columns: 1, scalars: [Float(sum)]), from: [x]) {
      gradient, gradients in
      gradients.add(to: x) {
        Tensors.add(weights, scaledBy: gradient.scalars[0], into: &$0.scalars)
      }
    }
  }
}
