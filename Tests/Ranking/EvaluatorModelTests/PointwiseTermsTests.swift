import Autodiff
import EvaluatorModel
import Features
import Networks
import RandomStreams
import Tensors
import Testing
import TinyModels

@Suite struct PointwiseTermsTests {
  private let request = tinyRequests(seed: 5, candidates: [6])[0]

  @Test func aNewEvaluatorSaysNothingButTheSlotsEffects() {
    var evaluator = tinyEvaluator(pointwise: true)
    evaluator.start(at: [[1, 0, -1, -2], [0.5, 0.4, 0.3, 0.2]])
    for list in [[0, 1, 2, 3], [5, 4, 1, 0]] {
      let predicted = evaluator.predict(request, list)
      #expect(abs(predicted[0][1] - 0.5) < 1e-6 && predicted[0][0] > predicted[0][3])
      #expect(abs(predicted[1][0] - 0.5 * evaluator.heads[1].unit) < 1e-5)
    }
  }

  /// Slots start at the means of the log under either law.
  @Test func withExaminationANewEvaluatorStartsAtTheSlotsMeansToo() {
    var evaluator = tinyEvaluator(pointwise: true, slotLaw: .examination)
    let logits: [Float] = [1, 0, -1, -2]
    evaluator.start(at: [logits, [0, 0, 0, 0]])
    let predicted = evaluator.predict(request, [0, 1, 2, 3])[0]
    for (p, logit) in zip(predicted, Activation.sigmoid.apply(to: logits)) {
      #expect(abs(p - logit) < 1e-4)
    }
  }

  /// With examination a slot's chance bounds what any item can earn there: its mean over the chance
  /// .55 of an item that is looked at.
  @Test func noItemEarnsMoreThanItsSlotIsLookedAt() {
    var evaluator = tinyPointwiseEvaluator(slotLaw: .examination)
    let logits: [Float] = [0, -1, -2, -3]
    evaluator.start(at: [logits, [0, 0, 0, 0]])
    for id in evaluator.parameters.names.indices
    where evaluator.parameters.names[id].hasSuffix("numbers.weight") {
      Tensors.scale(&evaluator.parameters.values[id].scalars, by: 1000)
    }
    let means = Activation.sigmoid.apply(to: logits)
    for list in [[0, 1, 2, 3], [3, 2, 1, 0], [4, 5, 0, 2]] {
      for (p, mean) in zip(evaluator.predict(request, list)[0], means) {
        #expect(p <= mean / 0.55 + 1e-5)
      }
    }
  }

  /// Without the corrections that see the list a slot's prediction is that of its item alone.
  @Test func withoutListCorrectionsNeighboursDoNotCount() {
    var evaluator = tinyPointwiseEvaluator()
    let whole = evaluator.predict(request, [0, 1, 2, 3])
    #expect(abs(whole[0][2] - evaluator.predict(request, [4, 5, 2, 0])[0][2]) > 1e-4)
    evaluator[share: .relations] = 0
    evaluator[share: .channels] = 0
    let single = evaluator.predict(request, [0, 1, 2, 3])
    #expect(abs(single[0][2] - evaluator.predict(request, [4, 5, 2, 0])[0][2]) < 1e-6)
  }

  /// Written place by place, the tables say what `predict` says of the list so far.
  @Test(arguments: [1, 2, 3] as [UInt64], SlotLaw.allCases)
  func tablesAgreeWithTheEvaluatorPlaceByPlace(seed: UInt64, law: SlotLaw) {
    var evaluator = tinyPointwiseEvaluator(seed: seed, slotLaw: law)
    evaluator[share: .channels] = 0
    evaluator[share: .relations] = 0.75
    let requests = tinyRequests(seed: seed, candidates: [4, 6])
    var terms = EvaluatorEnsemble(members: [evaluator], pessimism: 0)
      .sequentialTerms(RequestBatch(requests), heads: [1, 0])[1]
    for placed in [[], [3], [3, 0], [5, 2, 4]] {
      let raw = terms.raw(after: placed)
      for i in 0..<6 where !placed.contains(i) {
        let predicted = evaluator.predict(requests[1], placed + [i])
        #expect(abs(raw[0][i] * evaluator.heads[1].unit - predicted[1][placed.count]) < 1e-4)
        let p = predicted[0][placed.count]
        #expect(abs(Activation.sigmoid.apply(to: [raw[1][i]])[0] - p) < 1e-5)
      }
    }
  }

  /// Several members count by the mean of their raw outputs.
  @Test func anEnsemblesTermsAreTheMeanOfItsMembers() {
    var members = [tinyPointwiseEvaluator(seed: 1), tinyPointwiseEvaluator(seed: 2)]
    for i in members.indices { members[i][share: .channels] = 0 }
    members[1][share: .relations] = 0
    let batch = RequestBatch(tinyRequests(seed: 9, candidates: [9]))
    func terms(_ members: [Evaluator]) -> SequentialTerms {
      EvaluatorEnsemble(members: members, pessimism: 0).sequentialTerms(batch, heads: [0])[0]
    }
    var both = terms(members)
    var single = members.map { terms([$0]) }
    for placed in [[], [8], [2, 8, 0]] {
      let together = both.raw(after: placed)[0]
      let apart = single.indices.map { single[$0].raw(after: placed)[0] }
      for i in 0..<9 { #expect(abs(together[i] - (apart[0][i] + apart[1][i]) / 2) < 1e-5) }
    }
  }

  /// The fit tells requests apart that have the same item, and starts at nothing.
  @Test func theFitDependsOnItemAndRequestTogether() {
    var evaluator = tinyPointwiseEvaluator()
    for correction in EvaluatorCorrection.allCases { evaluator[share: correction] = 0 }
    evaluator[share: .fit] = 1
    var requests = tinyRequests(seed: 4, candidates: [6, 6, 6])
    for i in 1..<3 { requests[i].item = requests[0].item }
    func lead(_ request: EncodedRequest) -> Float {
      evaluator.predict(request, [0, 1])[1][0] - evaluator.predict(request, [1, 0])[1][0]
    }
    #expect(abs(lead(requests[0]) - lead(requests[1])) > 1e-4)
    evaluator = tinyEvaluator(pointwise: true)
    for correction in EvaluatorCorrection.allCases where correction != .fit {
      evaluator[share: correction] = 0
    }
    let start = requests.map { evaluator.predict($0, [0, 1])[0][0] }
    #expect(Set(start).count == 1)
  }

  /// Relations see all that stands above, and of what stands below the next item only.
  @Test func relationsSeeOnePlaceDown() {
    var evaluator = tinyPointwiseEvaluator()
    evaluator[share: .channels] = 0
    let one = evaluator.predict(request, [0, 1, 2, 3])
    let other = evaluator.predict(request, [0, 1, 5, 4])
    let swapped = evaluator.predict(request, [1, 0, 2, 3])
    #expect(abs(one[0][0] - other[0][0]) < 1e-6)
    #expect(abs(one[0][1] - other[0][1]) > 1e-6)
    #expect(abs(one[0][2] - swapped[0][2]) > 1e-6)
  }

  /// The change of the item above is the difference that `predict` sees once something stands below.
  @Test(arguments: [1, 2, 3] as [UInt64], SlotLaw.allCases)
  func whatACandidateDoesToTheItemAboveIsExact(seed: UInt64, law: SlotLaw) throws {
    var evaluator = tinyPointwiseEvaluator(seed: seed, slotLaw: law)
    evaluator[share: .channels] = 0
    evaluator[share: .relations] = 0.75
    let requests = tinyRequests(seed: seed, candidates: [4, 6])
    var terms = EvaluatorEnsemble(members: [evaluator], pessimism: 0)
      .sequentialTerms(RequestBatch(requests), heads: [0, 1])[1]
    let nothing = terms.changeAbove(after: [])
    #expect(nothing == nil)
    for placed in [[3], [3, 0], [5, 2, 4]] {
      let found = terms.changeAbove(after: placed)
      let change = try #require(found)
      let last = placed.count - 1
      let alone = evaluator.predict(requests[1], placed)
      func p(_ logit: Float) -> Float { Activation.sigmoid.apply(to: [logit])[0] }
      #expect(abs(p(change.before[0]) - alone[0][last]) < 1e-5)
      for i in 0..<6 where !placed.contains(i) {
        let below = evaluator.predict(requests[1], placed + [i])
        #expect(abs(p(change.before[0] + change.by[0][i]) - below[0][last]) < 1e-5)
        let number = (change.before[1] + change.by[1][i]) * evaluator.heads[1].unit
        #expect(abs(number - below[1][last]) < 1e-4)
      }
    }
  }

  @Test func aShareOfHalfMovesTheOutputHalfWay() {
    var evaluator = tinyPointwiseEvaluator()
    func raw() -> Float {
      let tape = Tape(parameters: evaluator.parameters.values, recording: false)
      return tape.value(
        evaluator.outputs(RequestBatch([request]), ListBatch([[0, 1, 2, 3]]), on: tape))[2, 0]
    }
    for correction in EvaluatorCorrection.allCases {
      evaluator[share: correction] = 1
      let on = raw()
      evaluator[share: correction] = 0
      let off = raw()
      evaluator[share: correction] = 0.5
      #expect(abs(raw() - (on + off) / 2) < 1e-5, "\(correction)")
      evaluator[share: correction] = 1
    }
  }

  @Test func gradientsAreTheCentralDifferences() {
    let evaluator = tinyPointwiseEvaluator(slots: 3)
    var parameters = evaluator.parameters
    parameters.hinge(
      [
        "encoder.item.bias", "encoder.output.bias", "slot.bias", "attention.output.bias",
        "trunk.0.bias", "trunk.1.bias", "head.0.bias",
      ], scale: 0.6, smooth: ["recurrent.", "item.", "user.", "norm.", "pointwise."])
    let batch = RequestBatch(tinyRequests(seed: 4, candidates: [3, 4]))
    let lists = ListBatch(requests: [0, 1, 1], lists: [[2, 0, 1], [3, 1], [0, 3, 2]])
    let rows = lists.lists.indices.flatMap { l in lists.lists[l].indices.map { Int32(l * 3 + $0) } }
    let check = ParameterGradientCheck(parameters) { tape in
      tape.gatherRows(evaluator.outputs(batch, lists, on: tape), rows)
    }
    let worst = check.directionalErrors().worst
    #expect(
      worst.error < ParameterGradientCheck.directionalTolerance, "\(worst.name): \(worst.error)")
  }
}
