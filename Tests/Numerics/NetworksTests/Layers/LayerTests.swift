import Autodiff
import Networks
import RandomStreams
import Tensors
import Testing
import TinyModels

@Suite struct LayerTests {
  @Test(arguments: LayerExample.all)
  func outputsHaveTheStatedShape(_ example: LayerExample) {
    let tape = Tape(parameters: example.parameters.values, recording: false)
    let output = tape.value(example.run(tape))
    #expect([output.rows, output.columns] == example.shape)
    #expect(output.scalars.allSatisfy { $0.isFinite })
  }

  /// What one sum per request saves must not change the sum.
  @Test func anItemEncoderEqualsTheConcatenationItStandsFor() throws {
    var builder = ParameterBuilder(stream: RandomStream(seed: 2, "encoder"))
    let encoder = ItemEncoder(
      items: 2, request: 3, hidden: 5, fit: 2, outputs: 4, name: "e", in: &builder)
    let parameters = builder.parameters
    let items = random(4, 2, seed: 1)
    let requests = random(2, 3, seed: 2)
    let offsets = [0, 1, 4]
    let tape = Tape(parameters: parameters.values, recording: false)
    let output = tape.value(
      encoder(
        tape.constant(items), requests: tape.constant(requests), offsets: offsets, on: tape))

    for row in 0..<4 {
      let item = Array(items.row(row))
      let request = Array(requests.row(row < 1 ? 0 : 1))
      let match = zip(
        apply(encoder.itemFit, item, parameters), apply(encoder.requestFit, request, parameters)
      ).map { $0 * $1 }
      let parts = [
        apply(encoder.item, item, parameters), apply(encoder.request, request, parameters),
        apply(encoder.fit, match, parameters),
      ]
      let hidden = (0..<5).map { j in max(0, parts.reduce(Float(0)) { $0 + $1[j] }) }
      let expected = apply(encoder.output, hidden, parameters).map { max(0, $0) }
      #expect(distance(Array(output.row(row)), expected) < 1e-5)
    }
  }

  @Test func attentionIgnoresWhatStandsPastAListsEnd() {
    var builder = ParameterBuilder(stream: RandomStream(seed: 4, "attention"))
    let layer = SelfAttention(3, width: 4, heads: 2, outputs: 3, name: "a", in: &builder)
    let values = builder.parameters.values
    var input = random(6, 3, seed: 3)
    let run = { (input: Matrix) in
      let tape = Tape(parameters: values, recording: false)
      let x = tape.constant(input)
      return tape.value(layer(x, slots: 3, lengths: [2, 3], on: tape))
    }
    let before = run(input)
    for column in 0..<3 { input[2, column] = 100 }
    let after = run(input)
    for row in [0, 1, 3, 4, 5] { #expect(before.row(row) == after.row(row)) }
  }

  @Test func aSequenceEqualsItsStepsOneByOne() {
    var builder = ParameterBuilder(stream: RandomStream(seed: 6, "gru"))
    let layer = GRU(3, 2, name: "g", in: &builder)
    let tape = Tape(parameters: builder.parameters.values, recording: false)
    let input = random(4, 3, seed: 4)
    let gates = layer.input(tape.constant(input), on: tape)
    let sequence = tape.value(layer.sequence(gates: gates, slots: 4, on: tape))
    var h = tape.constant(Matrix(rows: 1, columns: 2))
    for t in 0..<4 {
      let x = tape.constant(Matrix(rows: 1, columns: 3, scalars: Array(input.row(t))))
      h = layer.step(gates: layer.input(x, on: tape), h: h, on: tape)
      #expect(distance(tape.value(h).scalars, Array(sequence.row(t))) < 1e-6)
    }
  }

  @Test func parametersAreNamedByTheirPathAndDrawnFromTheStream() {
    let make = { (seed: UInt64) in
      var builder = ParameterBuilder(stream: RandomStream(seed: seed, "names"))
      _ = builder.scope("outer") { MLP([2, 3, 1], name: "mlp", in: &$0) }
      return builder.parameters
    }
    let parameters = make(1)
    #expect(
      parameters.names == [
        "outer.mlp.0.weight", "outer.mlp.0.bias", "outer.mlp.1.weight", "outer.mlp.1.bias",
      ])
    #expect(parameters.scalarCount == 6 + 3 + 3 + 1)
    #expect(parameters.values == make(1).values)
    #expect(parameters.values != make(2).values)
  }

  private func random(_ rows: Int, _ columns: Int, seed: UInt64) -> Matrix {
    var stream = RandomStream(seed: seed, "layer test")
    return Matrix(
      rows: rows, columns: columns,
      scalars: (0..<rows * columns).map { _ in Float(stream.normal()) })
  }

  /// `x W + b`, by its definition.
  private func apply(_ layer: Linear, _ x: [Float], _ parameters: Parameters) -> [Float] {
    (0..<layer.outputs).map { o in
      let bias = layer.bias.map { parameters[$0][0, o] } ?? 0
      return x.indices.reduce(bias) { $0 + x[$1] * parameters[layer.weight][$1, o] }
    }
  }
}
