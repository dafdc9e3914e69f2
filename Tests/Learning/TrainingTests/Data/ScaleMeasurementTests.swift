import EvaluatorModel
import Features
import Objectives
import Tensors
import Testing
import TinyModels
import Training

@Suite struct ScaleMeasurementTests {
  private let utilities = UtilityModel(
    evaluators: EvaluatorEnsemble(
      members: [tinyEvaluator(seed: 1), tinyEvaluator(seed: 2)], pessimism: 0.5),
    objectives: tinyObjectives)

  /// With 24 lists a search finds the best one, which a count of all of them finds too.
  @Test func rangesReachFromTheLoggedToTheBestList() {
    let requests = tinyRequests(seed: 6, candidates: [4, 4])
    let logged = [[2, 0, 1], [3, 1, 0]]
    let sessions = zip(requests, logged).map { request, shown in
      EncodedSession(
        request: request, shown: shown.map { Int32($0) }, feedback: [[0, 1, 0]], userKey: 1, time: 0
      )
    }
    let ranges = utilities.attainableRanges(sessions, seed: 3, workers: Workers(2))
    for k in ranges.indices {
      let gains = requests.indices.map { b -> Float in
        let lists = allLists(candidates: 4, length: 3)
        let batch = RequestBatch([requests[b]])
        func values(_ lists: [[Int]]) -> [Float] {
          utilities.utilities(
            batch, ListBatch(requests: lists.map { _ in 0 }, lists: lists)
          ).map { $0[k] }
        }
        return (values(lists).max() ?? 0) - values([logged[b]])[0]
      }
      #expect(abs(ranges[k] - (gains[0] + gains[1]) / 2) < 1e-5)
    }
  }

  @Test func aScaleIsNeverBelowItsFloor() {
    #expect(MeasuredScales(ranges: [0, 0.5], floors: [0.1, 0.2]).scales == [0.1, 0.5])
  }
}
