import Autodiff
import Networks
import RandomStreams
import Tensors
import Testing
import TinyModels

/// A layer of each kind on a small input, with the shape its output must have.
struct LayerExample: Sendable, CustomTestStringConvertible {
  let name: String
  let parameters: Parameters
  /// Rows and columns of the output.
  let shape: [Int]
  let run: @Sendable (Tape) -> Variable

  var testDescription: String { name }

  var check: ParameterGradientCheck { ParameterGradientCheck(parameters, run) }

  /// - Parameter hinges: biases in front of ReLUs.
  init<Layer: Sendable>(
    _ name: String, shape: [Int], hinges: [String] = [],
    make: (inout ParameterBuilder) -> Layer, run: @escaping @Sendable (Layer, Tape) -> Variable
  ) {
    var builder = ParameterBuilder(stream: RandomStream(seed: 3, "layer parameters"))
    let layer = make(&builder)
    var parameters = builder.parameters
    if !hinges.isEmpty { parameters.hinge(hinges, level: 4, scale: 0.7) }
    self.name = name
    self.parameters = parameters
    self.shape = shape
    self.run = { run(layer, $0) }
  }

  static let all = simple + composed

  private static let simple = [
    LayerExample(
      "Linear", shape: [3, 2], make: { Linear(4, 2, name: "l", in: &$0) },
      run: { $0(input($1, 3, 4), on: $1) }),
    LayerExample(
      "Linear without a bias", shape: [3, 2],
      make: { Linear(4, 2, bias: false, name: "l", in: &$0) },
      run: { $0(input($1, 3, 4), on: $1) }),
    LayerExample(
      "MLP", shape: [3, 2], hinges: ["m.0.bias", "m.1.bias"],
      make: { MLP([4, 6, 4, 2], name: "m", in: &$0) }, run: { $0(input($1, 3, 4), on: $1) }),
    LayerExample(
      "MLP that activates its last layer", shape: [3, 2], hinges: ["m.0.bias", "m.1.bias"],
      make: { MLP([4, 6, 2], activatesLast: true, name: "m", in: &$0) },
      run: { $0(input($1, 3, 4), on: $1) }),
    LayerExample(
      "LayerNorm", shape: [3, 5], make: { LayerNorm(5, name: "n", in: &$0) },
      run: { $0(input($1, 3, 5), on: $1) }),
    LayerExample(
      "Embedding", shape: [4, 3],
      make: { Embedding(rows: 5, dimension: 3, name: "e", in: &$0) },
      run: { $0([4, 0, 4, 2], on: $1) }),
    LayerExample(
      "Embedding, mean of bags", shape: [3, 3],
      make: { Embedding(rows: 5, dimension: 3, name: "e", in: &$0) },
      run: { $0.mean([1, 1, 3], offsets: [0, 2, 2, 3], on: $1) }),
  ]

  private static let composed = [
    LayerExample(
      "GRU, a step", shape: [2, 3], make: { GRU(4, 3, name: "g", in: &$0) },
      run: { layer, tape in
        let gates = layer.input(input(tape, 2, 4), on: tape)
        return layer.step(gates: gates, h: input(tape, 2, 3), on: tape)
      }),
    LayerExample(
      "GRU, a sequence", shape: [6, 3], make: { GRU(4, 3, name: "g", in: &$0) },
      run: { $0.sequence(gates: $0.input(input($1, 6, 4), on: $1), slots: 3, on: $1) }),
    LayerExample(
      "SelfAttention", shape: [6, 3],
      make: { SelfAttention(4, width: 4, heads: 2, outputs: 3, name: "s", in: &$0) },
      run: { $0(input($1, 6, 4), slots: 3, lengths: [3, 2], on: $1) }),
    LayerExample(
      "MixedInput", shape: [3, 7],
      make: {
        MixedInput(
          numbers: 2, categoricals: [("shop", 4, 3)], bags: [("tags", 5, 2)], name: "i", in: &$0)
      },
      run: {
        $0(
          rows: 3, numbers: [1, 2, 3, 4, 5, 6], indices: [3, 0, 3], bagOffsets: [0, 2, 2, 3],
          bagIndices: [1, 4, 4], on: $1)
      }),
    LayerExample(
      "ItemEncoder", shape: [5, 4], hinges: ["c.item.bias", "c.output.bias"],
      make: {
        ItemEncoder(items: 3, request: 2, hidden: 6, fit: 2, outputs: 4, name: "c", in: &$0)
      },
      run: {
        $0(input($1, 5, 3), requests: input($1, 2, 2), offsets: [0, 2, 5], on: $1)
      }),
  ]

  private static func input(_ tape: Tape, _ rows: Int, _ columns: Int) -> Variable {
    var stream = RandomStream(
      seed: 5, "layer input", step: UInt64(rows), request: UInt64(columns))
    let scalars = (0..<rows * columns).map { _ in Float(stream.normal()) }
    return tape.constant(Matrix(rows: rows, columns: columns, scalars: scalars))
  }
}
