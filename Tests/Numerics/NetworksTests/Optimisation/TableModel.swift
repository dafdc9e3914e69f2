import Autodiff
import Networks
import RandomStreams
import Tensors

/// A table of 5 rows and a linear layer: the least that has both kinds of gradients.
struct TableModel {
  let table: Embedding
  let layer: Linear
  var parameters: Parameters

  init(seed: UInt64 = 1) {
    var builder = ParameterBuilder(stream: RandomStream(seed: seed, "table model"))
    table = Embedding(rows: 5, dimension: 2, name: "table", in: &builder)
    layer = Linear(2, 3, name: "layer", in: &builder)
    parameters = builder.parameters
  }

  /// Gradients of a sum of outputs, in which weight `factor` differs from step to step.
  func gradients(_ indices: [Int32], factor: Float = 1) -> ParameterGradients {
    let tape = Tape(parameters: parameters.values)
    let output = layer(table(indices, on: tape), on: tape)
    let weights = (0..<indices.count * 3).map { factor * (Float($0 % 4) - 1.2) }
    return ParameterGradients(
      tape.gradients(of: tape.weightedSum(output, weights: weights)),
      parameters: parameters.values.count)
  }
}
