import GeneratorModel
import ListPolicy
import Networks
import Tensors
import Testing
import TinyModels

@Suite struct ServingPrecisionTests {
  /// The same generator with a last layer that was rounded beforehand.
  private func rounded(_ generator: Generator) throws -> Generator {
    var rounded = generator
    let output = try #require(generator.parameters.names.firstIndex(of: "hyper.output"))
    rounded.parameters.values[output].scalars = generator.parameters.values[output].scalars.map {
      Float(bitPattern: UInt32(BrainFloatMatrix.rounded($0)) << 16)
    }
    return rounded
  }

  @Test(arguments: seeds)
  func thetaIsThatOfTheRoundedLayer(seed: UInt64) throws {
    let generator = tinyGenerator(seed: seed)
    let (low, oracle) = (generator.serving(.bfloat16), try rounded(generator))
    for w in tinyWeights(seed: seed, count: 20) {
      let theta = low.finalLayers(w)
      #expect(theta == oracle.finalLayers(w))
      #expect(generator.serving(.float).finalLayers(w) == generator.finalLayers(w))
      // At most 1/256 of each of the few terms that a number is the sum of.
      let change = distance(theta.scalars, generator.finalLayers(w).scalars)
      #expect(change < 0.05)
    }
    #expect(low.finalLayers([1, 0, 0]) != generator.finalLayers([1, 0, 0]))
  }

  /// Lists are those of the rounded layer; where they are the exact ones, so nearly are the
  /// probabilities.
  @Test(arguments: seeds)
  func listsHardlyDiffer(seed: UInt64) throws {
    let generator = tinyGenerator(seed: seed)
    let (low, oracle) = (generator.serving(.bfloat16), try rounded(generator))
    let requests = tinyRequests(seed: seed, candidates: Array(repeating: 8, count: 20))
    let weights = tinyWeights(seed: seed, count: 20)
    let lengths = requests.map { _ in 5 }
    let exact = generator.lists(requests, weights: weights, lengths: lengths)
    let lists = low.lists(requests, weights: weights, lengths: lengths)
    #expect(
      lists.map(\.items) == oracle.lists(requests, weights: weights, lengths: lengths).map(\.items))
    let same = zip(lists, exact).filter { $0.items == $1.items }
    #expect(same.count >= 17)
    for (list, other) in same {
      #expect(distance(list.logProbabilities, other.logProbabilities) < 0.2)
    }
  }

  @Test func newParametersEndIt() {
    var low = tinyGenerator().serving(.bfloat16)
    low.multiply("hyper.output", by: 2)
    var exact = tinyGenerator()
    exact.multiply("hyper.output", by: 2)
    #expect(low.finalLayers([1, 0, 0]) == exact.finalLayers([1, 0, 0]))
  }
}
