import Autodiff
import EvaluatorModel
import Features
import Networks
import Testing
import TinyModels

@Suite struct EvaluatorGradientTests {
  @Test func gradientsOfTheWholeModelAreTheCentralDifferences() {
    let worst = check.directionalErrors().worst
    #expect(
      worst.error < ParameterGradientCheck.directionalTolerance, "\(worst.name): \(worst.error)")
  }

  @Test func aGradientOffByTwoPercentIsNoticed() {
    #expect(
      check.directionalErrors(fault: 1.02).worst.error > 1.5
        * ParameterGradientCheck.directionalTolerance)
  }

  /// Slots as chances to be looked at, with all corrections on.
  @Test func gradientsWithExaminationAreTheCentralDifferences() {
    let evaluator = tinyPointwiseEvaluator(slots: 3, slotLaw: .examination)
    let worst = check(evaluator).directionalErrors().worst
    #expect(
      worst.error < ParameterGradientCheck.directionalTolerance, "\(worst.name): \(worst.error)")
  }

  @Test func everyParameterIsUsed() {
    #expect(check.idle() == [])
  }

  /// Two requests, three lists of different lengths.
  private var check: ParameterGradientCheck { check(tinyEvaluator(slots: 3)) }

  private func check(_ evaluator: Evaluator) -> ParameterGradientCheck {
    var parameters = evaluator.parameters
    parameters.hinge(
      [
        "encoder.item.bias", "encoder.output.bias", "slot.bias", "attention.output.bias",
        "trunk.0.bias", "trunk.1.bias", "head.0.bias",
      ], scale: 0.6, smooth: ["recurrent.", "item.", "user.", "norm."])
    let batch = RequestBatch(tinyRequests(seed: 4, candidates: [3, 4]))
    let lists = ListBatch(requests: [0, 1, 1], lists: [[2, 0, 1], [3, 1], [0, 3, 2]])
    // Rows past a list's end mean nothing; a loss weighs them 0.
    let rows = lists.lists.indices.flatMap { l in lists.lists[l].indices.map { Int32(l * 3 + $0) } }
    return ParameterGradientCheck(parameters) { tape in
      tape.gatherRows(evaluator.outputs(batch, lists, on: tape), rows)
    }
  }
}
