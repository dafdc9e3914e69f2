import Baselines
import Features
import Networks
import PointwiseModel
import RandomStreams
import Tensors
import Testing
import TinyModels
import Training

@Suite struct TransformerRankerTests {
  @Test func itLearnsWhatIsClicked() throws {
    let heldOut = PlantedLog(seed: 2, count: 300)
    try PlantedLog(seed: 1, count: 3000).withCache { cache in
      let method = SteeredGreedy(try fit(cache, steps: 300), objectives: tinyObjectives)
      #expect(heldOut.attainment(method) > 0.75)
    }
  }

  /// Clicked is what has the highest quality of all candidates, shown or not: no pointwise ranker
  /// can tell. Its own value cannot say it, so the margin to that of an equal item in poorer
  /// company is what the other candidates did.
  @Test func itSeesTheOtherCandidates() throws {
    var log = PlantedLog(seed: 3, count: 3000)
    for i in log.sessions.indices {
      let request = log.sessions[i].request
      let top = (0..<request.candidateCount).max {
        request.item.numbers[2 * $0] < request.item.numbers[2 * $1]
      }
      log.sessions[i].feedback[0] = log.sessions[i].shown.map { Int($0) == top ? 1 : 0 }
    }
    try log.withCache { cache in
      let ranker = try fit(cache, steps: 400)
      var request = tinyRequests(seed: 5, candidates: [10])[0]
      for i in 0..<10 { request.item.numbers[2 * i] = i == 0 ? 1 : Float(i) / 10 - 1 }
      let alone = ranker.values(RequestBatch([request]))[0][0][0]
      for i in 1..<4 { request.item.numbers[2 * i] = 1.5 + Float(i) / 10 }
      let outdone = ranker.values(RequestBatch([request]))[0][0][0]
      #expect(alone - outdone > 0.3, "\(alone) as the best, \(outdone) behind three others")
    }
  }

  @Test func anyNumberOfWorkersGivesTheSameParameters() throws {
    try PlantedLog(seed: 1, count: 200).withCache { cache in
      let one = try fit(cache, steps: 5, workers: 1)
      let three = try fit(cache, steps: 5, workers: 3)
      #expect(one.parameters.values == three.parameters.values)
    }
  }

  @Test func paddingDoesNotChangeTheValues() {
    let ranker = untrained()
    let requests = tinyRequests(seed: 8, candidates: [3, 9, 5])
    let together = ranker.values(RequestBatch(requests))
    for b in requests.indices {
      let alone = ranker.values(RequestBatch([requests[b]]))[0][0]
      #expect(distance(together[b][0], alone) < 1e-5)
    }
  }

  /// Places in the request mean nothing; the upstream order is a number of the items.
  @Test func permutedCandidatesHaveTheirValuesPermuted() {
    let ranker = untrained()
    let request = tinyRequests(seed: 8, candidates: [5])[0]
    let values = ranker.values(RequestBatch([request]))[0][0]
    let order = [3, 1, 4, 0, 2]
    let permuted = ranker.values(RequestBatch([request.reordered(order)]))[0][0]
    #expect(distance(permuted, order.map { values[$0] }) < 1e-5)
  }

  /// Without it an item would have the same value wherever upstream put it.
  @Test func theUpstreamRankIsSeen() {
    let request = tinyRequests(seed: 8, candidates: [5])[0]
    let byQuality = untrained().values(RequestBatch([request]))[0][0]
    let byAge = untrained(upstream: 1).values(RequestBatch([request]))[0][0]
    #expect(distance(byQuality, byAge) > 1e-4)
  }

  @Test func aRequestWithoutCandidatesHasNoValues() {
    let values = untrained().values(RequestBatch(tinyRequests(seed: 1, candidates: [0, 2])))
    #expect(values[0] == [[]] && values[1][0].count == 2)
  }

  @Test func gradientsAreTheCentralDifferences() {
    let check = GradientOfLoss(untrained()).check(
      tinyPart(),
      hinges: [
        "encoder.item.bias", "encoder.output.bias", "block.0.feed_forward.0.bias", "head.0.bias",
      ], smooth: ["block.0.after", "position"])
    let worst = check.directionalErrors().worst
    #expect(
      worst.error < ParameterGradientCheck.directionalTolerance, "\(worst.name): \(worst.error)")
    #expect(
      check.directionalErrors(fault: 1.02).worst.error > 1.5
        * ParameterGradientCheck.directionalTolerance)
    #expect(check.idle() == [])
  }

  private func untrained(upstream: Int = 0) -> TransformerRanker {
    var configuration = TransformerConfiguration()
    configuration.encoder = .tiny
    (configuration.heads, configuration.feedForward, configuration.positions) = (2, 6, 4)
    (configuration.headHidden, configuration.slots) = (6, 2)
    return TransformerRanker(
      configuration, upstream: UpstreamOrder(feature: upstream), layout: tinyLayout(),
      heads: PlantedLog.heads, stream: RandomStream(seed: 2, "untrained"))
  }

  private func fit(
    _ cache: SessionCache, steps: Int, workers: Int = 2
  ) throws -> TransformerRanker {
    var configuration = TransformerConfiguration()
    configuration.encoder = .small
    (configuration.heads, configuration.feedForward, configuration.positions) = (2, 24, 12)
    (configuration.headHidden, configuration.slots) = (16, 4)
    configuration.fitting = .brief(steps: steps)
    configuration.fitting.learningRate = 3e-3
    return try TransformerRanker.fit(
      cache, layout: tinyLayout(), heads: PlantedLog.heads, upstream: UpstreamOrder(feature: 0),
      configuration: configuration, seed: 1, workers: Workers(workers))
  }
}
