import Foundation
import Objectives
import RandomStreams
import Testing

@Suite struct ControlTests {
  private let known = ["click", "cold_start", "shops"]

  @Test func weightsAreNormalisedAndUnnamedOnesAreZero() throws {
    let weights = try Weights(named: ["click": 3, "shops": 1], objectives: known)
    #expect(weights.values == [0.75, 0, 0.25])
    #expect(Weights(values: [2, 2]).values == [0.5, 0.5])
    let extreme = try Weights(named: ["click": 1e308, "shops": 1e308], objectives: known)
    #expect(extreme.values == [0.5, 0, 0.5])
  }

  @Test(
    arguments: [
      (
        ["clik": 1],
        #"no objective is named "clik"; there are click, cold_start, shops; did you mean "click"?"#
      ),
      (["price": 1], #"no objective is named "price"; there are click, cold_start, shops"#),
      (
        ["click": -1], #"the weight of "click" is -1.0; expected >= 0 (0 leaves the objective out)"#
      ),
      (["click": .nan], #"the weight of "click" is nan; expected a finite number >= 0"#),
      (["click": .infinity], #"the weight of "click" is inf; expected a finite number >= 0"#),
      (
        ["click": 0],
        "all weights are 0; give at least one of click, cold_start, shops a number above 0"
      ),
      ([:], "no weights given; name at least one of click, cold_start, shops"),
    ] as [([String: Double], String)])
  func unsoundWeightsAreRefusedWithTheRemedy(named: [String: Double], message: String) {
    let fault = #expect(throws: WeightsError.self) {
      try Weights(named: named, objectives: known)
    }
    #expect(fault?.description == message)
  }

  @Test(arguments: 0..<4, [1, 2, 4, 7])
  func samplesLieInTheSimplex(seed: Int, count: Int) {
    var sampling = WeightSampling()
    sampling.independent = 0.3
    var stream = RandomStream(seed: UInt64(seed), "weights")
    for _ in 0..<500 {
      let w = sampling.sample(count: count, using: &stream)
      #expect(w.count == count && w.allSatisfy { $0 >= 0 && $0.isFinite })
      #expect(abs(w.reduce(0, +) - 1) < 1e-5)
    }
  }

  @Test func eachPartOfTheMixtureIsDrawnAtItsShare() {
    var stream = RandomStream(seed: 5, "mixture")
    let draws = (0..<4000).map { _ in WeightSampling().sample(count: 4, using: &stream) }
    let singles = draws.count { $0.contains(1) }
    // 0.2 single objectives; a corner draw is that extreme in few cases more.
    #expect((700..<1100).contains(singles))
    for i in 0..<4 {
      let mean = draws.reduce(0) { $0 + $1[i] } / 4000
      #expect(abs(mean - 0.25) < 0.025)
    }
  }

  @Test func anUnsoundMixtureIsReportedWhole() throws {
    #expect(WeightSampling().validate().isEmpty)
    let text = #"{"corners":-1,"uniform":0,"single":0,"corner_concentration":0}"#
    let sampling = try JSONDecoder().decode(WeightSampling.self, from: Data(text.utf8))
    #expect(sampling.validate().count == 3)
    #expect(sampling.independent == 0)
  }

  @Test func aLineMovesOneWeightAndSharesTheRest() {
    #expect(
      Probes.line(objective: 1, of: 3, points: [0, 0.5, 1]) == [
        [0.5, 0, 0.5], [0.25, 0.5, 0.25], [0, 1, 0],
      ])
    #expect(Probes.line(objective: 0, of: 1, points: [0.3]) == [[1]])
  }

  @Test(arguments: [(1, 1), (2, 7), (3, 19), (4, 25), (5, 26)])
  func standardProbesAreDistinctPointsOfTheSimplex(count: Int, expected: Int) {
    let probes = Probes.standard(count: count)
    #expect(probes.count == expected)
    #expect(Set(probes).count == expected)
    #expect(probes.allSatisfy { abs($0.reduce(0, +) - 1) < 1e-5 && $0.allSatisfy { $0 >= 0 } })
    #expect(probes[0] == [Float](repeating: 1 / Float(count), count: count))
  }

  @Test func theGridHasAllCompositions() {
    let grid = Probes.simplexGrid(count: 4, divisions: 4)
    #expect(grid.count == 35)
    #expect(Set(grid).count == 35)
    #expect(grid.allSatisfy { abs($0.reduce(0, +) - 1) < 1e-6 })
    #expect(Probes.simplexGrid(count: 1, divisions: 3) == [[1]])
  }
}
