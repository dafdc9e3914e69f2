import Features
import Foundation
import GeneratorModel
import ListPolicy
import Testing
import TinyModels

@Suite struct ListProbabilityTests {
  @Test(arguments: seeds)
  func theProbabilitiesOfAllListsSumToOne(seed: UInt64) {
    let generator = tinyGenerator(seed: seed)
    let request = tinyRequests(seed: seed, candidates: [4])[0]
    let w = tinyWeights(seed: seed, count: 1)[0]
    for length in 1...4 {
      let p = generator.logProbabilities(
        of: allLists(candidates: 4, length: length), request, weights: w
      ).map { exp(Double($0)) }
      #expect(abs(p.reduce(0, +) - 1) < 1e-5)
      // Control: it is no uniform law that any mask would get right.
      #expect((p.max() ?? 0) > 1.2 / Double(p.count))
    }
  }

  @Test(arguments: seeds)
  func withPinsAndBansTheProbabilitiesOfTheAllowedListsSumToOne(seed: UInt64) {
    let generator = tinyGenerator(seed: seed)
    let request = tinyRequests(seed: seed, candidates: [5])[0]
    let w = tinyWeights(seed: seed, count: 1)[0]
    let cases = [
      DecodingConstraints(pins: [1: 4]), DecodingConstraints(bans: [0]),
      DecodingConstraints(pins: [0: 2, 2: 0], bans: [3]),
      DecodingConstraints(pins: [2: 1], bans: [0, 4]),
    ]
    for constraint in cases {
      let allowed = allLists(candidates: 5, length: 3).filter { list in
        constraint.pins.allSatisfy { list[$0.key] == $0.value }
          && constraint.bans.isDisjoint(with: list)
      }
      let p = generator.logProbabilities(
        of: allowed, request, weights: w, constraints: constraint
      ).map { exp(Double($0)) }
      #expect(abs(p.reduce(0, +) - 1) < 1e-5, "\(constraint)")
    }
  }

  @Test func howOftenAListIsDrawnIsItsProbability() {
    let generator = tinyGenerator(seed: 2)
    let request = tinyRequests(seed: 2, candidates: [3])[0]
    let w = tinyWeights(seed: 2, count: 1)[0]
    let lists = allLists(candidates: 3, length: 2)
    let p = generator.logProbabilities(of: lists, request, weights: w).map { exp(Double($0)) }
    let draws = 20_000
    let drawn = (0..<draws / 1000).flatMap { step in
      generator.draws(1000, request, w, length: 2, seed: 5, step: UInt64(step))
    }
    for (list, p) in zip(lists, p) {
      let count = Double(drawn.count { $0 == list })
      let deviation = (Double(draws) * p * (1 - p)).squareRoot()
      #expect(abs(count - Double(draws) * p) < 4.5 * deviation + 1)
    }
  }

  /// Below each prefix of a list, for every candidate.
  @Test(arguments: seeds)
  func chancesAlongAListAreThoseOfItsPicksAndSumToOne(seed: UInt64) {
    let generator = tinyGenerator(seed: seed)
    let batch = RequestBatch([tinyRequests(seed: seed, candidates: [6])[0]])
    let weights = generator.prepare(tinyWeights(seed: seed, count: 1)[0])
    let masks = DecodingConstraints(pins: [1: 4], bans: [0])
    for (list, constraints) in [([2, 4, 1], masks), ([0, 5, 3, 1], .none)] {
      let chances = generator.chances(
        along: list, batch, weights: weights, constraints: constraints)
      let logs = generator.logProbabilities(
        of: [list], batch, weights: weights, constraints: constraints)[0]
      #expect(chances.count == list.count)
      for (slot, item) in list.enumerated() {
        #expect(abs(chances[slot].reduce(0, +) - 1) < 1e-5)
        #expect(abs(chances[slot][item] - exp(logs[slot])) < 1e-6)
        #expect(list[..<slot].allSatisfy { chances[slot][$0] == 0 })
        #expect(constraints.bans.allSatisfy { chances[slot][$0] == 0 })
      }
    }
    #expect(
      generator.chances(along: [2, 4, 1], batch, weights: weights, constraints: masks)[1][4] == 1)
  }

  @Test func theSameNamesGiveTheSameListsAndOthersOthers() {
    let generator = tinyGenerator()
    let request = tinyRequests(seed: 1, candidates: [8])[0]
    let w = tinyWeights(seed: 1, count: 1)[0]
    let drawn = generator.draws(20, request, w, length: 5, seed: 3, step: 4)
    #expect(drawn == generator.draws(20, request, w, length: 5, seed: 3, step: 4))
    #expect(drawn != generator.draws(20, request, w, length: 5, seed: 3, step: 5))
    #expect(drawn != generator.draws(20, request, w, length: 5, seed: 4, step: 4))
    #expect(Set(drawn).count > 5)
  }

  @Test(arguments: seeds)
  func greedyTakesTheMostProbablePick(seed: UInt64) {
    let generator = tinyGenerator(seed: seed)
    let request = tinyRequests(seed: seed, candidates: [6])[0]
    let w = tinyWeights(seed: seed, count: 1)[0]
    let greedy = generator.lists([request], weights: [w], lengths: [4])[0]
    for t in 0..<4 {
      let above = Array(greedy.items[..<t])
      let ends = (0..<6).filter { !above.contains($0) }.map { above + [$0] }
      let p = generator.logProbabilities(of: ends, request, weights: w)
      let best = p.indices.max { p[$0] < p[$1] } ?? 0
      #expect(ends[best] == Array(greedy.items[...t]))
    }
  }
}

extension Generator {
  /// Lists drawn for one request.
  fileprivate func draws(
    _ count: Int, _ request: EncodedRequest, _ w: [Float], length: Int, seed: UInt64, step: UInt64
  ) -> [[Int]] {
    let batch = RequestBatch([EncodedRequest](repeating: request, count: count))
    return lists(
      batch, theta: .init(repeating: finalLayers(w), count: count),
      lengths: .init(repeating: length, count: count),
      policy: .sample(seed: seed, step: step, firstRequest: 0)
    ).map(\.items)
  }
}
