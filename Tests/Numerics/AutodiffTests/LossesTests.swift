import Autodiff
import Foundation
import RandomStreams
import Tensors
import Testing

@Suite struct LossesTests {
  private func row(_ scalars: [Float]) -> Matrix {
    Matrix(rows: 1, columns: scalars.count, scalars: scalars)
  }

  @Test(arguments: seeds)
  func crossEntropyIsThatOfTheProbabilities(seed: UInt64) {
    var random = RandomStream(seed: seed, "cross-entropy")
    let logits = random.floats(20).map { 3 * $0 }
    let targets = logits.map { _ in Float(random.below(2)) }
    let weights = random.floats(20).map { abs($0) }
    let tape = Tape(recording: false)
    let loss = tape.value(
      tape.sigmoidCrossEntropy(tape.constant(row(logits)), targets: targets, weights: weights))
    let expected = logits.indices.reduce(0.0) { sum, i in
      let p = 1 / (1 + exp(-Double(logits[i])))
      return sum - Double(weights[i]) * log(targets[i] == 1 ? p : 1 - p)
    }
    #expect(abs(Double(loss[0, 0]) - expected) < 1e-5 * expected)
  }

  @Test func extremeLogitsCostTheirDistanceAndStayFinite() throws {
    let tape = Tape(parameters: [row([1000, -1000, 1000, -1000])])
    let loss = tape.sigmoidCrossEntropy(
      tape.parameter(0), targets: [1, 0, 0, 1], weights: [1, 1, 1, 1])
    #expect(tape.value(loss)[0, 0] == 2000)
    #expect(tape.gradients(of: loss)[parameter: 0]?.scalars == [0, 0, 1, -1])
  }

  @Test func huberIsSquareInsideAndLinearBeyond() {
    let tape = Tape(parameters: [row([0.5, -1, 3, -3])])
    let loss = tape.huber(
      tape.parameter(0), targets: [0, 0, 0, 0], weights: [1, 1, 1, 1], delta: 2)
    #expect(tape.value(loss)[0, 0] == 0.125 + 0.5 + 4 + 4)
    #expect(tape.gradients(of: loss)[parameter: 0]?.scalars == [0.5, -1, 2, -2])
  }

  @Test func maskedItemsAddNothingWhateverTheyHold() throws {
    let tape = Tape(parameters: [row([1, .nan, .infinity, 2])])
    let x = tape.parameter(0)
    let (targets, weights): ([Float], [Float]) = ([0, 1, .nan, .nan], [1, 0, 0, 0])
    for loss in [
      tape.huber(x, targets: targets, weights: weights),
      tape.sigmoidCrossEntropy(x, targets: targets, weights: weights),
    ] {
      #expect(tape.value(loss)[0, 0].isFinite)
      let gradient = try #require(tape.gradients(of: loss)[parameter: 0]).scalars
      #expect(gradient[0] != 0 && gradient[1...].allSatisfy { $0 == 0 })
    }
  }

  @Test func everythingMaskedCostsNothing() {
    let tape = Tape(parameters: [row([1, 2])])
    let loss = tape.huber(tape.parameter(0), targets: [5, 5], weights: [0, 0])
    #expect(tape.value(loss)[0, 0] == 0)
    #expect(tape.gradients(of: loss)[parameter: 0]?.scalars == [0, 0])
  }
}
