import Autodiff
import RandomStreams
import Tensors
import Testing

@Suite struct PointerScoresTests {
  @Test(arguments: 1...10 as ClosedRange<UInt64>, [0, 1, 3])
  func scoresAreThoseOfThePlainLoops(seed: UInt64, local: Int) {
    let example = PointerExample(seed: seed, local: local)
    let tape = Tape(parameters: example.inputs, recording: false)
    let scores = tape.value(example.scores(on: tape))
    #expect(scores.rows == 1)
    #expect(distance(scores.scalars, example.plainScores) < 1e-4)
    for i in example.excluded.indices where example.excluded[i] { #expect(scores[0, i] == 0) }
  }

  @Test(arguments: 1...10 as ClosedRange<UInt64>, [0, 1, 3])
  func gradientsAreThoseOfThePlainLoops(seed: UInt64, local: Int) throws {
    let example = PointerExample(seed: seed, local: local)
    let tape = Tape(parameters: example.inputs)
    let scores = example.scores(on: tape)
    var random = RandomStream(seed: seed, "weights")
    // Weights of 0 are lists that are complete: the kernel leaves those out.
    let weights = random.floats(example.excluded.count).map { abs($0) < 0.5 ? 0 : $0 }
    let gradients = tape.gradients(of: tape.weightedSum(scores, weights: weights))
    for (position, expected) in example.plainGradients(weights).enumerated() {
      let found = try #require(gradients[parameter: position])
      #expect(distance(found.scalars, expected.scalars) < 1e-4)
    }
  }

  /// The order of the candidates carries no meaning.
  @Test(arguments: seeds)
  func permutingTheCandidatesPermutesTheScores(seed: UInt64) {
    var random = RandomStream(seed: seed, "candidates")
    let (m, local) = (7, 2)
    let shape = PointerShape(offsets: [0, m], lists: 1, attention: 16, local: local)
    let (key, context) = (random.matrix(m, 16), random.matrix(m, local))
    let (query, v) = (random.matrix(1, 16), random.matrix(1, 16))
    let weights = random.matrix(1, 2 * 16)
    let order = random.permutation(m)
    func scores(_ key: Matrix, _ context: Matrix) -> [Float] {
      pointerScores(
        shape, key: key, query: query, localContext: context.scalars, v: v, localWeights: weights,
        excluded: [Bool](repeating: false, count: m))
    }
    let plain = scores(key, context)
    let rows = order.map(Int32.init)
    #expect(scores(key.gathered(rows), context.gathered(rows)) == order.map { plain[$0] })
  }

  @Test func aWidthThatIsNotAMultipleOfSixteenIsRefused() async {
    await #expect(processExitsWith: .failure) {
      _ = PointerShape(offsets: [0, 1], lists: 1, attention: 24, local: 0)
    }
  }
}
