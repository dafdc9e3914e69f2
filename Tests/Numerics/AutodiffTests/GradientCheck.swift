import Autodiff
import RandomStreams
import Tensors

/// Gradients of one tape against central differences of its value.
///
/// The scalar that is differentiated is `sum_i c_i y_i` over the scalars of the output, with fixed
/// random c; the differences take it in Double from Float outputs. Inputs have to stay further than
/// a step from every kink.
struct GradientCheck {
  static let step: Float = 1e-2
  /// Of `|g| + 0.1 max|g|`: rounding and curvature of right gradients stay a third of it or less, a
  /// fault of 2 % is more than three times as large.
  static let tolerance = 5e-3

  /// The parameters of the tape, by position; each one's gradient is checked.
  let inputs: [Matrix]
  /// Runs the operation and gives its output.
  let build: (Tape) -> Variable

  init(_ inputs: [Matrix], _ build: @escaping (Tape) -> Variable) {
    self.inputs = inputs
    self.build = build
  }

  /// Worst `|gradient - difference| / (|g| + 0.1 max|g|)` over all scalars of all inputs, with g
  /// the differences and the maximum over one input.
  ///
  /// - Parameter fault: what the tape's gradients are multiplied by, to see the check fail.
  func worstError(fault: Double = 1) -> Double {
    let weights = lossWeights()
    let gradients = gradients(weights)
    var worst = 0.0
    for position in inputs.indices {
      let differences = differences(position, weights)
      let largest = differences.reduce(0) { max($0, abs($1)) }
      for (gradient, difference) in zip(gradients[position].scalars, differences) {
        let error = abs(fault * Double(gradient) - difference)
        let scale = abs(difference) + 0.1 * largest
        // 0 where both are 0; infinite where only the differences are, and for NaN.
        let relative = error == 0 ? 0 : error / scale
        worst = relative.isNaN ? .infinity : max(worst, relative)
      }
    }
    return worst
  }

  /// Away from 0, so that no output is left out.
  private func lossWeights() -> [Float] {
    let tape = Tape(parameters: inputs, recording: false)
    var random = RandomStream(seed: 17, "loss weights")
    return random.floatsAwayFromZero(tape.value(build(tape)).scalars.count)
  }

  /// By the tape; the sparse gradients of tables are added into full ones.
  private func gradients(_ weights: [Float]) -> [Matrix] {
    let tape = Tape(parameters: inputs)
    let gradients = tape.gradients(of: tape.weightedSum(build(tape), weights: weights))
    return inputs.indices.map { position in
      let input = inputs[position]
      var sum =
        gradients[parameter: position] ?? Matrix(rows: input.rows, columns: input.columns)
      for part in gradients.sparse[position] ?? [] {
        sum.scatterAdd(part.rows, at: part.indices)
      }
      return sum
    }
  }

  private func differences(_ position: Int, _ weights: [Float]) -> [Double] {
    var moved = inputs
    return inputs[position].scalars.indices.map { i in
      let start = inputs[position].scalars[i]
      let (up, down) = (start + Self.step, start - Self.step)
      moved[position].scalars[i] = up
      let above = loss(moved, weights)
      moved[position].scalars[i] = down
      let below = loss(moved, weights)
      moved[position].scalars[i] = start
      return (above - below) / (Double(up) - Double(down))
    }
  }

  private func loss(_ inputs: [Matrix], _ weights: [Float]) -> Double {
    let tape = Tape(parameters: inputs, recording: false)
    let output = tape.value(build(tape)).scalars
    return zip(output, weights).reduce(0) { $0 + Double($1.0) * Double($1.1) }
  }
}
