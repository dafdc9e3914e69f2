import EvaluatorModel
import Features
import Testing
import TinyModels

@Suite struct EvaluatorEnsembleTests {
  @Test(arguments: [0, 0.5, 2] as [Float])
  func isTheMeanMinusSomeStandardDeviationsOfItsMembers(pessimism: Float) {
    let members = (1...3).map { tinyEvaluator(seed: $0) }
    let batch = RequestBatch(tinyRequests(seed: 1, candidates: [5, 4]))
    let lists = ListBatch([[4, 0, 1, 3], [2, 3]])
    let ensemble = EvaluatorEnsemble(members: members, pessimism: pessimism)
    let predictions = ensemble.predict(batch, lists)
    let single = members.map { $0.predict(batch, lists) }
    for l in 0..<2 {
      for h in 0..<2 {
        let sums = single.map { member in member[l][h].reduce(0) { $0 + Double($1) } }
        let ofSums = sums.reduce(0, +) / 3
        let variance = sums.reduce(0) { $0 + ($1 - ofSums) * ($1 - ofSums) } / 3
        let penalty =
          Double(pessimism) * variance.squareRoot() / Double(predictions[l][h].count)
        for t in predictions[l][h].indices {
          let low = single.reduce(0) { $0 + Double($1[l][h][t]) } / 3 - penalty
          // A probability cannot be below 0; a number can.
          let expected = ensemble.heads[h].kind == .binary ? max(0, low) : low
          #expect(abs(Double(predictions[l][h][t]) - expected) < 1e-4)
        }
      }
    }
    // The pessimism of one call goes before the ensemble's own.
    #expect(
      ensemble.predict(batch, lists, pessimism: 0)
        == EvaluatorEnsemble(members: members, pessimism: 0).predict(batch, lists))
  }

  @Test func membersThatAgreeLeaveNothingToSubtract() {
    let member = tinyEvaluator()
    let request = tinyRequests(seed: 3, candidates: [5])[0]
    let ensemble = EvaluatorEnsemble(members: [member, member, member], pessimism: 3)
    let prediction = ensemble.predict(RequestBatch([request]), ListBatch([[1, 4, 0]]))[0]
    #expect(TinyModels.distance(prediction[0], member.predict(request, [1, 4, 0])[0]) < 1e-3)
  }

  @Test func givesTheNamedHeadsInTheOrderOfTheNames() {
    let ensemble = EvaluatorEnsemble(members: [tinyEvaluator()], pessimism: 0)
    let batch = RequestBatch(tinyRequests(seed: 1, candidates: [3]))
    let lists = ListBatch([[2, 1]])
    let all = ensemble.predict(batch, lists)[0]
    #expect(ensemble.predict(batch, lists, feedback: ["dwell", "click"]) == [[all[1], all[0]]])
    #expect(ensemble.predict(batch, lists, feedback: []) == [[]])
  }
}
