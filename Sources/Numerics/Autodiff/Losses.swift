import Foundation
import Tensors

extension Tape {
  /// `sum_i weight_i (log(1 + e^x_i) - target_i x_i)` -> `[1, 1]`: cross-entropy of sigmoid(x).
  ///
  /// A weight of 0 masks its entry, whatever the target holds.
  package func sigmoidCrossEntropy(
    _ logits: Variable, targets: [Float], weights: [Float]
  ) -> Variable {
    elementwiseLoss(logits, targets: targets, weights: weights) { x, target in
      let decay = expf(-abs(x))
      let loss = max(x, 0) + log1pf(decay) - target * x
      let probability = x >= 0 ? 1 / (1 + decay) : decay / (1 + decay)
      return (loss, probability - target)
    }
  }

  /// `sum_i weight_i huber(x_i - target_i)` -> `[1, 1]`, with
  /// `huber(d) = d^2 / 2` for `|d| <= delta`, `delta (|d| - delta / 2)` beyond (Huber 1964).
  package func huber(
    _ x: Variable, targets: [Float], weights: [Float], delta: Float = 1
  ) -> Variable {
    elementwiseLoss(x, targets: targets, weights: weights) { x, target in
      let distance = x - target
      return abs(distance) <= delta
        ? (distance * distance / 2, distance)
        : (delta * (abs(distance) - delta / 2), distance > 0 ? delta : -delta)
    }
  }

  private func elementwiseLoss(
    _ x: Variable, targets: [Float], weights: [Float],
    _ loss: (Float, Float) -> (value: Float, slope: Float)
  ) -> Variable {
    let input = value(x)
    precondition(
      input.scalars.count == targets.count && targets.count == weights.count,
      "\(input.scalars.count) predictions, \(targets.count) targets, \(weights.count) weights")
    var sum = 0.0
    var slopes = [Float](repeating: 0, count: targets.count)
    for i in targets.indices where weights[i] != 0 {
      let term = loss(input.scalars[i], targets[i])
      sum += Double(weights[i]) * Double(term.value)
      slopes[i] = weights[i] * term.slope
    }
    return record(Matrix(rows: 1, columns: 1, scalars: [Float(sum)]), from: [x]) {
      gradient, gradients in
      gradients.add(to: x) {
        Tensors.add(slopes, scaledBy: gradient.scalars[0], into: &$0.scalars)
      }
    }
  }
}
