import Autodiff
import Features
import Foundation
package import Networks
package import RandomStreams
import Tensors

/// A user's rate from what is known of them: `rate * 2 sigmoid(W2 tanh(W1 x + b1) + b2)`, between 0 and twice
/// the configured one. It starts at the configured one for everybody.
package struct RateModel: Sendable {
  package var parameters: Parameters
  private let hidden: Linear
  private let output: Linear

  private static let width = 8

  /// - Parameter heads: kinds of feedback.
  package init(heads: Int, stream: RandomStream) {
    var builder = ParameterBuilder(stream: stream)
    hidden = Linear(heads + 1, Self.width, name: "hidden", in: &builder)
    output = Linear(Self.width, 1, gain: 0, name: "output", in: &builder)
    parameters = builder.parameters
  }

  /// Activity and mean feedback of a task's support, each of the size of 1.
  static func inputs(_ task: UserTask, heads: Int) -> Matrix {
    var scalars = [log1pf(Float(task.activity)) / 5]
    for h in 0..<heads {
      let known = task.support.flatMap { $0.feedback[h].filter { !$0.isNaN } }
      scalars.append(known.reduce(0) { $0 + min($1, 1) } / Float(max(1, known.count)))
    }
    return Matrix(rows: 1, columns: scalars.count, scalars: scalars)
  }

  /// - Parameter first: where its parameters begin among the tape's.
  func callAsFunction(
    _ task: UserTask, rate: Float, heads: Int, first: Int, on tape: Tape
  ) -> Variable {
    func layer(_ layer: Linear, _ x: Variable) -> Variable {
      tape.linear(
        x, weight: tape.parameter(first + layer.weight.position),
        bias: layer.bias.map { tape.parameter(first + $0.position) })
    }
    let x = tape.constant(Self.inputs(task, heads: heads))
    let inner = tape.activation(.tanh, layer(hidden, x))
    return tape.scale(tape.activation(.sigmoid, layer(output, inner)), by: 2 * rate)
  }

  /// The rate of a user as a number.
  package func rate(_ task: UserTask, rate: Float, heads: Int) -> Float {
    let tape = Tape(parameters: parameters.values, recording: false)
    return tape.value(self(task, rate: rate, heads: heads, first: 0, on: tape)).scalars[0]
  }
}
