import Features
import Foundation
import GeneratorModel
import ListPolicy
import ListRules
import Testing
import TinyModels

@Suite struct BeamTests {
  @Test(arguments: seeds)
  func aBeamOfAllListsFindsThemInTheOrderOfTheirProbability(seed: UInt64) {
    let generator = tinyGenerator(seed: seed)
    let request = tinyRequests(seed: seed, candidates: [5])[0]
    let w = tinyWeights(seed: seed, count: 1)[0]
    let beam = generator.beam(request, w, length: 3, width: 64)
    #expect(beam.count == 60)
    #expect(Set(beam.map(\.items)).count == 60)
    let exact = generator.logProbabilities(of: beam.map(\.items), request, weights: w)
    for (list, log) in zip(beam, exact) {
      #expect(abs(list.logProbabilities.reduce(0, +) - log) < 1e-4)
    }
    #expect(zip(exact, exact.dropFirst()).allSatisfy { $0 >= $1 - 1e-4 })
  }

  @Test(arguments: seeds)
  func aBeamOfOneIsGreedy(seed: UInt64) {
    let generator = tinyGenerator(seed: seed)
    let request = tinyRequests(seed: seed, candidates: [8])[0]
    let w = tinyWeights(seed: seed, count: 1)[0]
    let greedy = generator.lists([request], weights: [w], lengths: [5])[0]
    let beam = generator.beam(request, w, length: 5, width: 1)
    #expect(beam.map(\.items) == [greedy.items])
  }

  @Test func pinsAndBansHoldInABeam() {
    let generator = tinyGenerator(seed: 3)
    let request = tinyRequests(seed: 3, candidates: [8])[0]
    let w = tinyWeights(seed: 3, count: 1)[0]
    let beam = generator.beam(
      request, w, length: 4, width: 6, constraints: .init(pins: [2: 7], bans: [0, 1]))
    #expect(beam.count == 6)
    #expect(beam.allSatisfy { $0.items[2] == 7 && !$0.items.contains(0) && !$0.items.contains(1) })
  }

  @Test(arguments: seeds)
  func rulesHoldWhileDecodingAndProbabilitiesStillSumToOne(seed: UInt64) {
    let generator = tinyGenerator(seed: seed)
    let request = tinyRequests(seed: seed, candidates: [5])[0]
    let w = tinyWeights(seed: seed, count: 1)[0]
    // Candidates 0 and 1 are of one group, the others of their own: no dead ends.
    let rules = PlacementRules(
      [ListRule(group: "g", atMost: 1, window: 2)], columns: [[0, 0, 1, 2, 3]], candidates: 5,
      length: 3)
    let constraints = DecodingConstraints(rules: rules)
    let allowed = allLists(candidates: 5, length: 3).filter { rules.violations(of: $0).isEmpty }
    #expect(allowed.count < 60)
    let p = generator.logProbabilities(
      of: allowed, request, weights: w, constraints: constraints)
    #expect(abs(p.reduce(0) { $0 + exp(Double($1)) } - 1) < 1e-5)
    for list in generator.beam(request, w, length: 3, width: 8, constraints: constraints) {
      #expect(rules.violations(of: list.items).isEmpty)
    }
    let draws = generator.draws(
      RequestBatch([request]), theta: generator.finalLayers(w), length: 3, lists: 32,
      constraints: constraints, seed: seed)
    for list in draws {
      #expect(rules.violations(of: list.items).isEmpty)
      let log = generator.logProbabilities(
        of: [list.items], request, weights: w, constraints: constraints)[0]
      #expect(abs(list.logProbabilities.reduce(0, +) - log) < 1e-4)
    }
  }
}

extension Generator {
  fileprivate func beam(
    _ request: EncodedRequest, _ w: [Float], length: Int, width: Int,
    constraints: DecodingConstraints = .none
  ) -> [DecodedList] {
    beam(
      RequestBatch([request]), theta: finalLayers(w), length: length, width: width,
      constraints: constraints)
  }
}
