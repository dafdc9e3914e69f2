package import Autodiff
package import Networks
import RandomStreams
package import Tensors

/// Gradients of all parameters of a layer or a model against central differences.
///
/// The scalar that is differentiated is `sum_i c_i y_i` over the scalars of the output, with fixed
/// random c. Parameters have to stay further than a step from every kink; see `Parameters.hinge`.
package struct ParameterGradientCheck {
  package static let step: Float = 1e-2
  /// Of `|g| + 0.1 max|g|`.
  package static let tolerance = 5e-3
  /// Steps along directions, and what is allowed of `|difference| + 0.1 sum|g|`.
  static let steps: [Float] = [5e-4, 2e-3, 5e-3, 1e-2, 2e-2, 4e-2, 8e-2]
  package static let directionalTolerance = 1e-2

  let parameters: Parameters
  /// Runs the model on a tape that holds the parameters.
  let build: (Tape) -> Variable

  package init(_ parameters: Parameters, _ build: @escaping (Tape) -> Variable) {
    self.parameters = parameters
    self.build = build
  }

  /// Worst `|gradient - difference| / (|g| + 0.1 max|g|)` of each parameter, with g the differences
  /// and the maximum over that parameter.
  ///
  /// - Parameter fault: what the tape's gradients are multiplied by, to see the check fail.
  package func errors(fault: Double = 1) -> [(name: String, error: Double)] {
    let weights = outputWeights()
    let gradients = self.gradients(weights)
    return parameters.names.enumerated().map { position, name in
      let differences = self.differences(position, weights)
      let largest = differences.reduce(0) { max($0, abs($1)) }
      let errors = zip(gradients[position].scalars, differences).map { gradient, difference in
        let error = abs(fault * Double(gradient) - difference)
        return error == 0 ? 0 : error / (abs(difference) + 0.1 * largest)
      }
      // NaN must not pass for a small error.
      return (name, errors.reduce(0) { $1.isNaN ? .infinity : max($0, $1) })
    }
  }

  /// The same along whole directions of each parameter: the signs of its gradient, random signs;
  /// worst `|gradient . d - difference| / (|difference| + 0.1 sum|g|)`.
  ///
  /// For whole models, where one scalar of an early layer moves the output by less than its
  /// rounding. A right gradient agrees with the difference at some step, between those that drown
  /// in rounding and those that curve; a wrong one at none.
  package func directionalErrors(fault: Double = 1) -> [(name: String, error: Double)] {
    let weights = outputWeights()
    var stream = RandomStream(seed: 23, "directions")
    return zip(parameters.names, gradients(weights)).enumerated().map { position, named in
      let g = named.1.scalars
      let steepest = g.map { $0 > 0 ? 1 : $0 < 0 ? -1 : 0 as Float }
      let random = (0..<3).map { _ in g.map { _ in stream.below(2) == 0 ? 1 : -1 as Float } }
      let total = g.reduce(0.0) { $0 + Double(abs($1)) }
      let errors = ([steepest] + random).map { direction in
        let slope = fault * zip(g, direction).reduce(0.0) { $0 + Double($1.0) * Double($1.1) }
        return Self.steps.reduce(Double.infinity) { best, step in
          let difference = self.difference(position, along: direction, step: step, weights)
          let error = abs(slope - difference)
          return min(best, error == 0 ? 0 : error / (abs(difference) + 0.1 * total))
        }
      }
      return (named.0, errors.reduce(0) { $1.isNaN ? .infinity : max($0, $1) })
    }
  }

  /// Names of the parameters that the output does not depend on.
  package func idle() -> [String] {
    zip(parameters.names, gradients(outputWeights())).compactMap { name, gradient in
      gradient.scalars.contains { $0 != 0 } ? nil : name
    }
  }

  private func outputWeights() -> [Float] {
    let tape = Tape(parameters: parameters.values, recording: false)
    var stream = RandomStream(seed: 17, "output weights")
    // Away from 0, so that no output is left out.
    return tape.value(build(tape)).scalars.map { _ in
      Float((stream.uniform() < 0.5 ? -1 : 1) * (0.3 + stream.uniform()))
    }
  }

  private func gradients(_ weights: [Float]) -> [Matrix] {
    let tape = Tape(parameters: parameters.values)
    let gradients = ParameterGradients(
      tape.gradients(of: tape.weightedSum(build(tape), weights: weights)),
      parameters: parameters.values.count)
    return gradients.whole(like: parameters)
  }

  private func differences(_ position: Int, _ weights: [Float]) -> [Double] {
    var moved = parameters.values
    return moved[position].scalars.indices.map { i in
      let start = moved[position].scalars[i]
      let (up, down) = (start + Self.step, start - Self.step)
      moved[position].scalars[i] = up
      let above = output(moved)
      moved[position].scalars[i] = down
      let below = output(moved)
      moved[position].scalars[i] = start
      return change(below, above, weights) / (Double(up) - Double(down))
    }
  }

  private func difference(
    _ position: Int, along direction: [Float], step: Float, _ weights: [Float]
  ) -> Double {
    let outputs = [-step, step].map { step in
      var moved = parameters.values
      for i in direction.indices { moved[position].scalars[i] += step * direction[i] }
      return output(moved)
    }
    return change(outputs[0], outputs[1], weights) / Double(2 * step)
  }

  private func change(_ below: [Float], _ above: [Float], _ weights: [Float]) -> Double {
    weights.indices.reduce(0) {
      $0 + Double(weights[$1]) * (Double(above[$1]) - Double(below[$1]))
    }
  }

  private func output(_ values: [Matrix]) -> [Float] {
    let tape = Tape(parameters: values, recording: false)
    return tape.value(build(tape)).scalars
  }
}

extension ParameterGradients {
  /// Every parameter's gradient as a whole matrix, zeros where nothing flowed.
  package func whole(like parameters: Parameters) -> [Matrix] {
    parameters.values.enumerated().map { position, value in
      var matrix = dense[position] ?? Matrix(rows: value.rows, columns: value.columns)
      if let rows = sparse[position] {
        for (i, row) in rows.indices.enumerated() {
          for column in 0..<value.columns { matrix[Int(row), column] += rows.rows[i, column] }
        }
      }
      return matrix
    }
  }
}

extension [(name: String, error: Double)] {
  /// The parameter with the worst error.
  package var worst: (name: String, error: Double) {
    self.max { $0.error < $1.error } ?? ("no parameter", .infinity)
  }
}
