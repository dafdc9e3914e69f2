import Autodiff
import RandomStreams
import Tensors
import Testing

@Suite struct TapeTests {
  /// A small network over three parameters.
  private func network(_ tape: Tape, _ x: Matrix) -> Variable {
    let hidden = tape.linear(
      tape.constant(x), weight: tape.parameter(0), bias: tape.parameter(1))
    let output = tape.linear(tape.activation(.tanh, hidden), weight: tape.parameter(2))
    return tape.layerNormalise(
      tape.add(hidden, output), gain: tape.parameter(1), bias: tape.parameter(1))
  }

  private func parameters(_ random: inout RandomStream) -> [Matrix] {
    [random.matrix(5, 7), random.matrix(1, 7), random.matrix(7, 7)]
  }

  /// How many pullbacks a tape holds. They are private, so this looks at its storage.
  private func pullbacks(_ tape: Tape) throws -> (kept: Int, nodes: Int) {
    let storage = Mirror(reflecting: tape).children.first { $0.label == "nodes" }
    let nodes = Mirror(reflecting: try #require(storage).value).children
    let kept = try nodes.filter { node in
      let field = Mirror(reflecting: node.value).children.first { $0.label == "pullback" }
      return !Mirror(reflecting: try #require(field).value).children.isEmpty
    }
    return (kept.count, nodes.count)
  }

  @Test(arguments: seeds)
  func withoutRecordingTheValuesAreTheSame(seed: UInt64) {
    var random = RandomStream(seed: seed, "recording")
    let (parameters, x) = (parameters(&random), random.matrix(3, 5))
    let recording = Tape(parameters: parameters)
    let silent = Tape(parameters: parameters, recording: false)
    let first = recording.value(network(recording, x))
    #expect(first == silent.value(network(silent, x)))
  }

  @Test func withoutRecordingNoPullbackIsKept() throws {
    var random = RandomStream(seed: 1, "kept")
    let (parameters, x) = (parameters(&random), random.matrix(3, 5))
    for recording in [true, false] {
      let tape = Tape(parameters: parameters, recording: recording)
      _ = network(tape, x)
      _ = tape.embedding(0, [1, 2])
      let (kept, nodes) = try pullbacks(tape)
      // Four nodes are the input and the parameters; the six operations follow.
      #expect(nodes == 10)
      #expect(kept == (recording ? 6 : 0))
    }
  }

  @Test func whatDependsOnDataOnlyKeepsNoPullback() throws {
    let tape = Tape()
    let x = tape.constant(Matrix(rows: 2, columns: 2, repeating: 1))
    let sum = tape.add(x, tape.scale(x, by: 2))
    #expect(try pullbacks(tape).kept == 0)
    #expect(tape.gradients(of: tape.add(sum, sum))[x] == nil)
  }

  @Test func withoutRecordingThereAreNoGradients() async {
    await #expect(processExitsWith: .failure) {
      let tape = Tape(recording: false)
      _ = tape.gradients(of: tape.variable(Matrix(rows: 1, columns: 1)))
    }
  }

  @Test(arguments: seeds)
  func theGradientOfAVariableUsedTwiceIsTheSum(seed: UInt64) throws {
    var random = RandomStream(seed: seed, "twice")
    let (value, a, b) = (random.matrix(3, 4), random.matrix(4, 5), random.matrix(4, 5))
    let tape = Tape()
    let x = tape.variable(value)
    let both = tape.add(
      tape.linear(x, weight: tape.constant(a)), tape.linear(x, weight: tape.constant(b)))
    let gradient = try #require(tape.gradients(of: both)[x])
    for i in 0..<3 {
      for j in 0..<4 {
        let expected = a.row(j).reduce(0, +) + b.row(j).reduce(0, +)
        #expect(abs(gradient[i, j] - expected) < 1e-5)
      }
    }
  }

  @Test func aParameterIsOneVariableHoweverOftenItIsAskedFor() throws {
    let tape = Tape(parameters: [Matrix(rows: 1, columns: 2, scalars: [3, 4])])
    #expect(tape.parameter(0) == tape.parameter(0))
    let product = tape.pairwiseProducts(tape.parameter(0), slots: 1)
    let sum = tape.add(product, tape.columns(0..<1, of: tape.parameter(0)))
    let gradients = tape.gradients(of: sum)
    #expect(try #require(gradients[parameter: 0]).scalars == [7, 8])
  }

  @Test func whatDidNotTakePartHasNoGradient() {
    let tape = Tape(parameters: [Matrix(rows: 1, columns: 1), Matrix(rows: 1, columns: 1)])
    let unused = tape.parameter(1)
    let gradients = tape.gradients(of: tape.scale(tape.parameter(0), by: 3))
    #expect(gradients[parameter: 0]?.scalars == [3])
    #expect(gradients[parameter: 1] == nil && gradients[unused] == nil)
  }

  @Test func gradientsCanBeTakenAgainAndOfAnotherOutput() {
    let tape = Tape(parameters: [Matrix(rows: 1, columns: 1, repeating: 2)])
    let twice = tape.scale(tape.parameter(0), by: 2)
    let six = tape.scale(twice, by: 3)
    #expect(tape.gradients(of: six)[parameter: 0]?.scalars == [6])
    #expect(tape.gradients(of: six)[parameter: 0]?.scalars == [6])
    #expect(tape.gradients(of: twice)[parameter: 0]?.scalars == [2])
  }

  @Test func shapesThatDoNotFitAreRefused() async {
    await #expect(processExitsWith: .failure) {
      let tape = Tape()
      let x = tape.constant(Matrix(rows: 1, columns: 2))
      _ = tape.linear(x, weight: tape.constant(Matrix(rows: 3, columns: 1)))
    }
    await #expect(processExitsWith: .failure) {
      let tape = Tape()
      _ = tape.concatenate([
        tape.constant(Matrix(rows: 1, columns: 2)), tape.constant(Matrix(rows: 2, columns: 2)),
      ])
    }
  }
}
