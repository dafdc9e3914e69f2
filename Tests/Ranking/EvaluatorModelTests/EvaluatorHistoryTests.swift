import Autodiff
import EvaluatorModel
import Features
import Networks
import Tensors
import Testing
import TinyModels

@Suite struct EvaluatorHistoryTests {
  private let requests = tinyRequests(seed: 6, candidates: [4, 6], history: true)

  @Test(arguments: [true, false]) func whatWasDoneCounts(pointwise: Bool) {
    let evaluator =
      pointwise ? tinyPointwiseEvaluator(history: true) : tinyEvaluator(history: true)
    var other = requests[0]
    other.history = requests[1].history
    let own = evaluator.predict(requests[0], [0, 1, 2, 3])
    let changed = evaluator.predict(other, [0, 1, 2, 3])
    #expect(requests[0].history != other.history && distance(own[0], changed[0]) > 1e-4)
  }

  @Test func aShareOfZeroForgetsIt() {
    var evaluator = tinyPointwiseEvaluator(history: true)
    evaluator[share: .behaviours] = 0
    var other = requests[0]
    other.history = requests[1].history
    #expect(
      evaluator.predict(requests[0], [0, 1, 2, 3]) == evaluator.predict(other, [0, 1, 2, 3]))
  }

  /// Written place by place, the tables say what `predict` says of the list so far.
  @Test func tablesAgreeWithTheEvaluatorPlaceByPlace() {
    var evaluator = tinyPointwiseEvaluator(history: true)
    evaluator[share: .channels] = 0
    evaluator[share: .behaviours] = 0.5
    var terms = EvaluatorEnsemble(members: [evaluator], pessimism: 0)
      .sequentialTerms(RequestBatch(requests), heads: [0])[1]
    for placed in [[], [3], [5, 2, 4]] {
      let raw = terms.raw(after: placed)
      for i in 0..<6 where !placed.contains(i) {
        let predicted = evaluator.predict(requests[1], placed + [i])[0][placed.count]
        #expect(abs(Activation.sigmoid.apply(to: [raw[0][i]])[0] - predicted) < 1e-5)
      }
    }
  }

  /// Parameters of a model without a history are what they always were, so that checkpoints load.
  @Test func withoutAHistoryThereAreNoParametersOfIt() {
    let plain = tinyPointwiseEvaluator()
    let remembering = tinyPointwiseEvaluator(history: true)
    #expect(!plain.parameters.names.contains { $0.contains("history") })
    #expect(plain.parameters.names.allSatisfy(remembering.parameters.names.contains))
    #expect(plain[share: .behaviours] == 0 && remembering[share: .behaviours] == 1)
    let shares = plain.parameters.names.firstIndex(of: "pointwise.shares") ?? 0
    #expect(plain.parameters.values[shares].columns == 5)
  }

  @Test func everyParameterOfTheHistoryIsUsed() {
    let evaluator = tinyPointwiseEvaluator(history: true)
    let requests = tinyRequests(seed: 2, candidates: [4, 5, 6, 4], history: true)
    #expect((0..<2).allSatisfy { kind in requests.contains { $0.history[kind].count > 1 } })
    let batch = RequestBatch(requests)
    let lists = ListBatch([[2, 0, 1, 3], [4, 1, 0, 3], [5, 0, 2, 1], [0, 1, 2, 3]])
    let check = ParameterGradientCheck(evaluator.parameters) { tape in
      evaluator.outputs(batch, lists, on: tape)
    }
    #expect(!check.idle().contains { $0.contains("history") })
    #expect(evaluator.parameters.names.count { $0.contains("history") } > 20)
  }
}
