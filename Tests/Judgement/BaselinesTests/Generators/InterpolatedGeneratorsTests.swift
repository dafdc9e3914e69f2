import Baselines
import Features
import GeneratorModel
import ListPolicy
import Networks
import OfflineEvaluation
import Tensors
import Testing
import TinyModels

@Suite struct InterpolatedGeneratorsTests {
  private let generators = (1...3).map { tinyGenerator(seed: $0) }
  private let requests = MethodRequests(PlantedLog(seed: 3, count: 30).sessions, firstRequest: 0)

  @Test(arguments: 0..<3)
  func atACornerItIsThatObjectivesGenerator(objective: Int) {
    let weights = (0..<3).map { $0 == objective ? 1 as Float : 0 }
    let own = generators[objective]
    let theta = own.finalLayers(weights)
    let expected = own.lists(
      requests.batch, theta: requests.lengths.map { _ in theta }, lengths: requests.lengths
    ).map(\.items)
    #expect(
      InterpolatedGenerators(generators).lists(for: requests, weights: weights) == expected)
    let other = generators[(objective + 1) % 3].finalLayers(weights)
    #expect(distance(other.scalars, theta.scalars) > 0.01)
  }

  @Test func parametersLieBetweenThoseOfTheGenerators() throws {
    let weights: [Float] = [0.2, 0.5, 0.3]
    let mixed = InterpolatedGenerators(generators).generator(weights)
    let position = try #require(mixed.parameters.names.firstIndex(of: "key.weight"))
    let parts = generators.map { $0.parameters.values[position].scalars }
    let expected = parts[0].indices.map { i in
      0.2 * parts[0][i] + 0.5 * parts[1][i] + 0.3 * parts[2][i]
    }
    #expect(distance(mixed.parameters.values[position].scalars, expected) < 1e-6)
  }

  @Test func theFinalLayersAreMixedAndNoLongerAskW() {
    let weights: [Float] = [0.2, 0.5, 0.3]
    let mixed = InterpolatedGenerators(generators).generator(weights)
    let corners = generators.enumerated().map { i, generator in
      generator.finalLayers((0..<3).map { $0 == i ? 1 : 0 }).scalars
    }
    let expected = corners[0].indices.map { i in
      0.2 * corners[0][i] + 0.5 * corners[1][i] + 0.3 * corners[2][i]
    }
    #expect(distance(mixed.finalLayers(weights).scalars, expected) < 1e-5)
    #expect(mixed.finalLayers(weights) == mixed.finalLayers([1, 0, 0]))
  }
}
