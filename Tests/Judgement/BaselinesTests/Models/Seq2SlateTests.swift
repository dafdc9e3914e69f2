import Baselines
import Features
import Foundation
import Networks
import OfflineEvaluation
import PointwiseModel
import RandomStreams
import Tensors
import Testing
import TinyModels
import Training

@Suite struct Seq2SlateTests {
  @Test func itLearnsWhatIsClicked() throws {
    let heldOut = PlantedLog(seed: 2, count: 300)
    try PlantedLog(seed: 1, count: 3000).withCache { cache in
      let method = try fit(cache, steps: 300)
      #expect(heldOut.attainment(method) > 0.6)
    }
  }

  @Test func listsAreWholeAndDistinct() {
    let sessions = PlantedLog(seed: 4, count: 20).sessions
    let requests = MethodRequests(sessions, firstRequest: 0)
    for (b, list) in untrained().lists(for: requests, weights: [1, 0, 0]).enumerated() {
      #expect(list.count == requests.lengths[b] && Set(list).count == list.count)
      #expect(list.allSatisfy { (0..<requests.batch.candidateCount(b)).contains($0) })
    }
  }

  @Test func withoutARuleWeightTheWeightsAreIgnored() {
    let requests = MethodRequests(PlantedLog(seed: 4, count: 20).sessions, firstRequest: 0)
    let model = untrained()
    #expect(
      model.lists(for: requests, weights: [1, 0, 0])
        == model.lists(for: requests, weights: [0, 1, 0]))
  }

  @Test func withARuleWeightRulesSteer() {
    let requests = MethodRequests(PlantedLog(seed: 4, count: 40).sessions, firstRequest: 0)
    let model = untrained(ruleWeight: 1)
    let cold = { (weights: [Float]) in
      model.lists(for: requests, weights: weights).enumerated().reduce(Float(0)) { sum, list in
        list.element.reduce(sum) { $0 + requests.batch.columns[list.offset][0][$1] }
      }
    }
    #expect(cold([0, 1, 0]) > 1.3 * cold([1, 0, 0]))
    #expect(
      model.lists(for: requests, weights: [1, 0, 0])
        == untrained().lists(for: requests, weights: [1, 0, 0]))
  }

  @Test func paddingDoesNotChangeTheLists() {
    let sessions = PlantedLog(seed: 5, count: 12).sessions
    let model = untrained()
    let together = model.lists(
      for: MethodRequests(sessions, firstRequest: 0), weights: [1, 0, 0])
    let alone = sessions.map {
      model.lists(for: MethodRequests([$0], firstRequest: 0), weights: [1, 0, 0])[0]
    }
    #expect(together == alone)
  }

  @Test func theLossFollowsTheClicksOnly() {
    let loss = GradientOfLoss(untrained())
    #expect(loss.loss(tinyPart(feedback: [[0, 0, 0], [0, 0]])) == 0)
    #expect(loss.loss(tinyPart()) > 0)
  }

  /// One clicked item, one step: `-log p` of it, p the softmax over all candidates.
  @Test func theLossOfOneStepIsTheCrossEntropy() throws {
    let request = tinyRequests(seed: 6, candidates: [4])[0]
    let losses = (0..<4).map { candidate in
      GradientOfLoss(untrained()).loss(
        FittingPart(
          sessions: [
            EncodedSession(
              request: request, shown: [Int32(candidate)], feedback: [[1]], userKey: 0, time: 0)
          ], total: 1, step: 0, first: 0, seed: 3))
    }
    #expect(abs(losses.reduce(0) { $0 + exp(-$1) } - 1) < 1e-5)
  }

  @Test func aStepWithoutClicksIsNoFault() throws {
    var log = PlantedLog(seed: 1, count: 30)
    for i in log.sessions.indices { log.sessions[i].feedback[0] = [0, 0, 0, 0] }
    try log.withCache { cache in _ = try fit(cache, steps: 2) }
  }

  @Test func anyNumberOfWorkersGivesTheSameParameters() throws {
    try PlantedLog(seed: 1, count: 200).withCache { cache in
      let one = try fit(cache, steps: 5, workers: 1)
      let three = try fit(cache, steps: 5, workers: 3)
      #expect(one.parameters.values == three.parameters.values)
    }
  }

  @Test func gradientsAreTheCentralDifferences() throws {
    let check = try check()
    let worst = check.directionalErrors().worst
    #expect(
      worst.error < ParameterGradientCheck.directionalTolerance, "\(worst.name): \(worst.error)")
    #expect(
      check.directionalErrors(fault: 1.02).worst.error > 1.5
        * ParameterGradientCheck.directionalTolerance)
    #expect(check.idle() == [])
  }

  /// Hinged but for three units of the pointer: were all open for all candidates alike, the decoder
  /// would shift all scores alike, which a softmax does not see.
  private func check() throws -> ParameterGradientCheck {
    let model = untrained()
    var parameters = model.parameters
    parameters.hinge(
      ["encoder.item.bias", "encoder.output.bias", "query.bias"], scale: 1,
      smooth: ["item.", "user.", "reader.", "writer.", "key.", "query.", "v", "start"])
    let bias = try #require(parameters.names.firstIndex(of: "query.bias"))
    for unit in 0..<3 { parameters.values[bias].scalars[unit] = 0 }
    let part = tinyPart()
    return ParameterGradientCheck(parameters) { tape in model.loss(part, on: tape) }
  }

  private func untrained(ruleWeight: Float? = nil) -> Seq2Slate {
    var configuration = Seq2SlateConfiguration()
    configuration.encoder = .tiny
    (configuration.state, configuration.attention) = (4, 16)
    configuration.ruleWeight = ruleWeight
    return Seq2Slate(
      configuration, upstream: UpstreamOrder(feature: 0), layout: tinyLayout(),
      objectives: tinyObjectives, feedback: 0, stream: RandomStream(seed: 2, "untrained"))
  }

  private func fit(_ cache: SessionCache, steps: Int, workers: Int = 2) throws -> Seq2Slate {
    var configuration = Seq2SlateConfiguration()
    configuration.encoder = .small
    (configuration.state, configuration.attention) = (16, 16)
    configuration.fitting = .brief(steps: steps)
    return try Seq2Slate.fit(
      cache, layout: tinyLayout(), objectives: tinyObjectives, clicks: "click",
      upstream: UpstreamOrder(feature: 1), configuration: configuration, seed: 1,
      workers: Workers(workers))
  }
}
