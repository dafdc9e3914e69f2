import GeneratorModel
import ListPolicy
import Networks
import Tensors
import Testing
import TinyModels

@Suite struct HypernetworkTests {
  /// Centred weights are 0 there, and the hidden bias starts at 0.
  @Test(arguments: seeds)
  func equalWeightsStartFromTheUnconditionalModel(seed: UInt64) throws {
    let generator = untrainedGenerator(seed: seed)
    let base = try #require(generator.parameters.names.firstIndex(of: "theta"))
    let third: Float = 1 / 3
    #expect(generator.finalLayers([third, third, third]) == generator.parameters.values[base])
  }

  @Test(arguments: seeds)
  func otherWeightsStartCloseToIt(seed: UInt64) throws {
    let generator = untrainedGenerator(seed: seed)
    let base = try #require(generator.parameters.names.firstIndex(of: "theta"))
    let start = generator.parameters.values[base].scalars
    let theta = generator.finalLayers([1, 0, 0]).scalars
    let change = distance(theta, start)
    #expect(change > 0 && change < 0.1)
  }

  @Test(arguments: seeds)
  func thetaDependsOnTheWeights(seed: UInt64) {
    let generator = tinyGenerator(seed: seed)
    let corners = [[1, 0, 0], [0, 1, 0], [0, 0, 1]].map { generator.finalLayers($0).scalars }
    #expect(distance(corners[0], corners[1]) > 0.1)
    #expect(distance(corners[1], corners[2]) > 0.1)
    #expect(distance(corners[0], corners[2]) > 0.1)
  }

  /// Two requests that differ in nothing but w.
  @Test func everyRequestHasItsOwnWeights() {
    let generator = tinyGenerator()
    let request = tinyRequests(seed: 1, candidates: [6])[0]
    let weights: [[Float]] = [[1, 0, 0], [0, 0, 1]]
    let both = generator.lists([request, request], weights: weights, lengths: [4, 4])
    for (w, list) in zip(weights, both) {
      let alone = generator.lists([request], weights: [w], lengths: [4])[0]
      #expect(alone.items == list.items)
      #expect(distance(alone.logProbabilities, list.logProbabilities) < 1e-4)
    }
    #expect(distance(both[0].logProbabilities, both[1].logProbabilities) > 1e-3)
  }
}
