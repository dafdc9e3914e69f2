import EvaluatorModel
import Features
import Foundation
import GeneratorModel
import ListPolicy
import Networks
import Objectives
import RandomStreams
import Sessions
import Tensors
import Testing
import TinyModels

@Suite struct ReferencePolicyTests {
  private let evaluators: EvaluatorEnsemble

  init() {
    var member = tinyPointwiseEvaluator()
    member[share: .channels] = 0
    evaluators = EvaluatorEnsemble(members: [member], pessimism: 0)
  }

  private func generator(
    values: Bool = true, of others: EvaluatorEnsemble? = nil
  ) -> Generator {
    var configuration = GeneratorConfiguration()
    configuration.itemHidden = 6
    configuration.itemWidth = 4
    configuration.state = 3
    configuration.attention = 16
    configuration.hyperHidden = 4
    configuration.referenceValues = values
    return Generator(
      configuration, layout: tinyLayout(), objectives: tinyObjectives,
      reference: ReferencePolicy(others ?? evaluators, objectives: tinyObjectives),
      stream: RandomStream(seed: 7, "reference tests"))
  }

  private func list(_ generator: Generator, _ request: EncodedRequest, _ w: [Float]) -> [Int] {
    generator.lists(
      RequestBatch([request]), weights: [generator.prepare(w)], lengths: [4], constraints: nil)[0]
      .items
  }

  /// Reward of a list so far, by the evaluators and the share of cold items in four places.
  private func reward(_ list: [Int], _ request: EncodedRequest, _ w: [Float]) -> Float {
    if list.isEmpty { return 0 }
    let clicks = evaluators.predict(RequestBatch([request]), ListBatch([list]))[0][0]
    let flag = tinyObjectives.columns.firstIndex { $0.kind == .flag } ?? 0
    let cold = list.reduce(0) { $0 + request.columns[flag][$1] } / 4
    return w[0] * clicks.reduce(0, +) + w[1] * cold
  }

  /// What an item does to the one above counts, too: the evaluators see both.
  @Test(arguments: [[1, 0, 0], [0.8, 0.2, 0]] as [[Float]])
  func anUntrainedGeneratorPlacesWhatGainsMost(w: [Float]) {
    let generator = self.generator()
    for request in tinyRequests(seed: 11, candidates: [7, 9, 6, 8]) {
      let written = list(generator, request, w)
      for t in written.indices {
        let above = Array(written[..<t])
        let gains = (0..<request.candidateCount).filter { !above.contains($0) }.map {
          reward(above + [$0], request, w)
        }
        let own = reward(above + [written[t]], request, w)
        #expect(own >= (gains.max() ?? 0) - 1e-5)
      }
    }
  }

  /// What the attention sees of the reference depends on candidates and not on their order.
  @Test func theOrderOfCandidatesDoesNotCount() throws {
    var generator = self.generator()
    let theta = try #require(generator.parameters.names.firstIndex(of: "theta"))
    var stream = RandomStream(seed: 5, "reference tests")
    for i in generator.parameters.values[theta].scalars.indices {
      generator.parameters.values[theta].scalars[i] = Float(stream.normal())
    }
    let untrained = self.generator()
    var changed = 0
    for request in tinyRequests(seed: 12, candidates: [7, 9, 6, 8]) {
      let order = stream.permutation(request.candidateCount)
      let (w, one) = ([0.6, 0.2, 0.2] as [Float], request.reordered(order))
      let written = list(generator, request, w)
      #expect(list(generator, one, w).map { order[$0] } == written)
      changed += written == list(untrained, request, w) ? 0 : 1
    }
    #expect(changed > 0)
  }

  /// Evaluators that say the same of all candidates leave nothing but rounding, which must not look
  /// like an order.
  @Test func roundingIsNoOrder() throws {
    var evaluator = tinyPointwiseEvaluator()
    for correction in EvaluatorCorrection.allCases { evaluator[share: correction] = 0 }
    let numbers = try #require(
      evaluator.parameters.names.firstIndex(of: "pointwise.numbers.weight"))
    for i in evaluator.parameters.values[numbers].scalars.indices {
      evaluator.parameters.values[numbers].scalars[i] = 1e-7 * Float(i % 3)
    }
    let generator = generator(
      of: EvaluatorEnsemble(members: [evaluator], pessimism: 0))
    let request = tinyRequests(seed: 11, candidates: [7])[0]
    let lists = [[0, 1, 2], [6, 5, 4]]
    let logs = generator.logProbabilities(
      of: lists, RequestBatch([request]), weights: generator.prepare([1, 0, 0]),
      constraints: .none)
    for list in logs {
      for (place, log) in list.enumerated() {
        #expect(abs(log + logf(Float(7 - place))) < 0.1)
      }
    }
  }

  @Test func theValuesCanBeLeftOut() {
    let (with, without) = (generator(), generator(values: false))
    // Three for each predicted objective and four, seen by each of 16 units.
    #expect(
      with.finalLayers([1, 0, 0]).columns == without.finalLayers([1, 0, 0]).columns + 7 * 16)
  }
}
