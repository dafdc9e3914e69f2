import Tensors

extension Tape {
  /// `a * b`, elementwise, of the same shape.
  package func elementwiseProduct(_ a: Variable, _ b: Variable) -> Variable {
    let (first, second) = (value(a), value(b))
    precondition(first.hasShape(of: second), "elementwise product of different shapes")
    guard recording else { return constant(product(first, second)) }
    return record(product(first, second), from: [a, b]) { gradient, gradients in
      gradients.add(to: a) { Tensors.add(product(gradient, second).scalars, into: &$0.scalars) }
      gradients.add(to: b) { Tensors.add(product(gradient, first).scalars, into: &$0.scalars) }
    }
  }
}
