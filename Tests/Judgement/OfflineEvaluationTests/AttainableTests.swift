import EvaluationReport
import EvaluatorModel
import Features
import ListSearch
import Objectives
import OfflineEvaluation
import RandomStreams
import Statistics
import Tensors
import Testing
import TinyModels

@Suite struct AttainableTests {
  @Test func nothingToGainIsNoAttainment() {
    #expect(AttainmentFigures(gained: [0, 0], attainable: [0, 0]) == nil)
  }

  @Test func attainmentIsTheShareOfWhatWasThere() throws {
    let figures = try #require(
      AttainmentFigures(gained: [1, 3, 0], attainable: [2, 4, 0]))
    #expect(figures.probes == [0.5, 0.75, nil])
    #expect(figures.mean == 0.625 && figures.min == 0.5)
  }

  /// 5 candidates, lists of 3: the exhaustive search against every list written out here.
  @Test func exhaustionFindsTheBestOfAllLists() {
    let layout = tinyLayout()
    let batch = RequestBatch(tinyRequests(seed: 3, candidates: [5]))
    let objectives = tinyObjectives
    func utilities(_ lists: [[Int]]) -> [[Float]] {
      lists.map { list in
        objectives.utilities(
          of: list, columns: batch.columns[0],
          predictions: [list.map { Float($0) / Float(layout.item.numbers.count + 5) }])
      }
    }
    let weights: [[Float]] = [[1, 0, 0], [0.2, 0.5, 0.3]]
    let search = AttainableSearch(requests: 1)
    #expect(search.isExhaustive(candidates: 5, length: 3))
    let found = search.exhausted(
      candidates: 5, length: 3, weights: weights, objectives: objectives, utilities: utilities)
    for (w, best) in zip(weights, found) {
      let all = allLists(candidates: 5, length: 3)
      let slow = utilities(all).map { Double(objectives.reward($0, weights: w)) }.max()
      #expect(best.score == slow)
    }
  }

  @Test func localSearchNeedsNoExhaustion() {
    let search = AttainableSearch(requests: 1, exhaustiveLimit: 10)
    #expect(!search.isExhaustive(candidates: 5, length: 3))
  }
}

@Suite struct FidelityTests {
  @Test func faithfulControlNeverLoses() throws {
    let measurement = FidelityMeasurement(objectives: 2, weights: 12, seed: 4)
    // Utilities that follow w: the front is the quarter circle, where each w has its own best.
    let faithful = measurement.weights.map { w -> [Double] in
      let length = (w[0] * w[0] + w[1] * w[1]).squareRoot()
      return w.map { Double($0 / length) }
    }
    let curve = try #require(measurement.curve(faithful))
    #expect(curve.ownIsBest == 1)
    #expect(curve.points.map(\.loss) == curve.points.map(\.loss).sorted())
    // Steering the wrong way round loses nearly always.
    let reversed = try #require(measurement.curve(faithful.map { $0.reversed() }))
    #expect(reversed.ownIsBest < 0.5)
  }

  @Test func oneWeightHasNoCurve() {
    #expect(FidelityMeasurement(objectives: 2, weights: 1, seed: 1).curve([[1, 1]]) == nil)
  }
}
