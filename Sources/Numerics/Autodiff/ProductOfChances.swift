import Foundation
import Tensors

extension Tape {
  /// Two chances, both given as logits, joined: their product where a column says so, and the sum of
  /// the logits in the other columns. `[R, C]` and `[R, C]` -> `[R, C]`, logits.
  ///
  /// - Parameter products: of each column, whether its chances are multiplied.
  package func joined(_ a: Variable, _ b: Variable, products: [Bool]) -> Variable {
    let (first, second) = (value(a), value(b))
    precondition(first.hasShape(of: second), "chances of different shapes")
    precondition(first.columns == products.count, "one word per column")
    var output = first
    for i in output.scalars.indices {
      output.scalars[i] =
        products[i % products.count]
        ? logitOfProduct(first.scalars[i], second.scalars[i])
        : first.scalars[i] + second.scalars[i]
    }
    guard recording else { return constant(output) }
    return record(output, from: [a, b]) { gradient, gradients in
      // d logit(p q) / d logit(p) = 1 - p (1 - q) / (1 - p q) = 1 - exp(logit(p q) - logit(q))
      func slopes(of other: Matrix) -> Matrix {
        var result = gradient
        for i in result.scalars.indices where products[i % products.count] {
          result.scalars[i] *= max(0, 1 - expf(output.scalars[i] - other.scalars[i]))
        }
        return result
      }
      gradients.add(slopes(of: second), to: a)
      gradients.add(slopes(of: first), to: b)
    }
  }
}
