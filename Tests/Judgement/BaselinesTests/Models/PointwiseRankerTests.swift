import Baselines
import EvaluatorModel
import Features
import Foundation
import Networks
import PointwiseModel
import RandomStreams
import Tensors
import Testing
import TinyModels
import Training

@Suite struct PointwiseRankerTests {
  @Test func itLearnsWhatIsClicked() throws {
    let heldOut = PlantedLog(seed: 2, count: 300)
    try PlantedLog(seed: 1, count: 3000).withCache { cache in
      let method = SteeredGreedy(try fit(cache, steps: 300), objectives: tinyObjectives)
      #expect(heldOut.attainment(method) > 0.85)
    }
  }

  /// The log always shows what is new first, and clicks fall down the list: new items are clicked
  /// more than others that are as good. What slots do must not be put down to the age.
  @Test func thePositionBiasOfTheLogIsNotLearned() throws {
    var log = PlantedLog(seed: 3, count: 6000) { request in
      let ages = (0..<request.candidateCount).map { request.item.numbers[2 * $0 + 1] }
      return ages.indices.sorted { ages[$0] < ages[$1] }
    }
    // Clicks by slot alone.
    var stream = RandomStream(seed: 9, "position bias")
    for i in log.sessions.indices {
      log.sessions[i].feedback[0] = log.sessions[i].shown.indices.map {
        stream.uniform() < 0.7 - 0.2 * Double($0) ? 1 : 0
      }
    }
    let (young, old) = log.clickRates { $0 < -1 }
    // The log's own difference, which a ranker blind to slots would learn.
    #expect(young - old > 0.15)
    try log.withCache { cache in
      let ranker = try fit(cache, steps: 300)
      let request = tinyRequests(seed: 5, candidates: [200])[0]
      let values = ranker.values(RequestBatch([request]))[0][0]
      let ages = (0..<200).map { request.item.numbers[2 * $0 + 1] }
      let youngest = ages.indices.filter { ages[$0] < -1 }
      let others = ages.indices.filter { ages[$0] >= -1 && ages[$0] < 0.5 }
      let mean = { (places: [Int]) in
        places.reduce(0) { $0 + values[$1] } / Float(places.count)
      }
      #expect(abs(mean(youngest) - mean(others)) < 0.06)
    }
  }

  @Test func numbersArePredictedInTheirUnit() throws {
    var log = PlantedLog(seed: 6, count: 2000)
    for i in log.sessions.indices {
      let session = log.sessions[i]
      log.sessions[i].feedback[0] = session.shown.map {
        100 + 30 * session.request.item.numbers[2 * Int($0)]
      }
    }
    try log.withCache { cache in
      var configuration = PointwiseConfiguration()
      configuration.encoder = .small
      configuration.fitting = .brief(steps: 300)
      let ranker = try PointwiseRanker.fit(
        cache, layout: tinyLayout(),
        heads: [EvaluatorHead(feedback: "dwell", kind: .number, unit: 30)],
        configuration: configuration, seed: 1, workers: Workers(2))
      let request = tinyRequests(seed: 7, candidates: [50])[0]
      let values = ranker.values(RequestBatch([request]))[0][0]
      let errors = values.indices.map { abs(values[$0] - 100 - 30 * request.item.numbers[2 * $0]) }
      #expect(errors.reduce(0, +) / 50 < 8)
    }
  }

  @Test func anyNumberOfWorkersGivesTheSameParameters() throws {
    try PlantedLog(seed: 1, count: 200).withCache { cache in
      let one = try fit(cache, steps: 8, workers: 1)
      let three = try fit(cache, steps: 8, workers: 3)
      #expect(one.parameters.values == three.parameters.values)
      let other = try fit(cache, steps: 8, seed: 2)
      #expect(one.parameters.values != other.parameters.values)
    }
  }

  @Test func valuesDoNotDependOnOtherCandidatesOrRequests() {
    let ranker = untrained()
    let requests = tinyRequests(seed: 8, candidates: [5, 3])
    let together = ranker.values(RequestBatch(requests))
    #expect(distance(together[1][0], ranker.values(RequestBatch([requests[1]]))[0][0]) < 1e-5)
    let reordered = ranker.values(RequestBatch([requests[0].reordered([3, 1, 4])]))[0][0]
    #expect(distance(reordered, [3, 1, 4].map { together[0][0][$0] }) < 1e-5)
  }

  @Test func unobservedFeedbackDoesNotCount() {
    let gradients = GradientOfLoss(untrained())
    let part = tinyPart(feedback: [[1, .nan, 1], [0, .nan]])
    var less = part.sessions
    for (i, kept) in [[0, 2], [0]].enumerated() {
      less[i].feedback[0] = [Float](repeating: .nan, count: less[i].shown.count)
      for slot in kept { less[i].feedback[0][slot] = part.sessions[i].feedback[0][slot] }
    }
    #expect(gradients.loss(part).isFinite)
    #expect(gradients.loss(part) != gradients.loss(tinyPart()))
    // All of a session unobserved: as if it were not there.
    let silent = tinyPart(feedback: [[1, 0, 1], [.nan, .nan]])
    let alone = FittingPart(
      sessions: [tinyPart().sessions[0]], total: 2, step: 0, first: 0, seed: 3)
    #expect(abs(gradients.loss(silent) - gradients.loss(alone)) < 1e-6)
  }

  @Test func gradientsAreTheCentralDifferences() {
    let worst = check().directionalErrors().worst
    #expect(
      worst.error < ParameterGradientCheck.directionalTolerance, "\(worst.name): \(worst.error)")
    #expect(
      check().directionalErrors(fault: 1.02).worst.error > 1.5
        * ParameterGradientCheck.directionalTolerance)
    #expect(check().idle() == [])
  }

  private func check() -> ParameterGradientCheck {
    GradientOfLoss(untrained()).check(
      tinyPart(), hinges: ["encoder.item.bias", "encoder.output.bias", "head.0.bias"])
  }

  private func untrained() -> PointwiseRanker {
    var configuration = PointwiseConfiguration()
    configuration.encoder = .tiny
    (configuration.headHidden, configuration.slots) = (6, 2)
    return PointwiseRanker(
      configuration, layout: tinyLayout(), heads: PlantedLog.heads,
      stream: RandomStream(seed: 2, "untrained"))
  }

  private func fit(
    _ cache: SessionCache, steps: Int, seed: UInt64 = 1, workers: Int = 2
  ) throws -> PointwiseRanker {
    var configuration = PointwiseConfiguration()
    configuration.encoder = .small
    (configuration.headHidden, configuration.slots) = (16, 4)
    configuration.fitting = .brief(steps: steps)
    return try PointwiseRanker.fit(
      cache, layout: tinyLayout(), heads: PlantedLog.heads, configuration: configuration,
      seed: seed, workers: Workers(workers))
  }
}

extension PlantedLog {
  /// Click rates of shown items whose age passes, and of the others.
  fileprivate func clickRates(_ passes: (Float) -> Bool) -> (Double, Double) {
    var (clicks, count) = ([0.0, 0.0], [0.0, 0.0])
    for session in sessions {
      for (candidate, click) in zip(session.shown, session.feedback[0]) {
        let side = passes(session.request.item.numbers[2 * Int(candidate) + 1]) ? 0 : 1
        clicks[side] += Double(click)
        count[side] += 1
      }
    }
    return (clicks[0] / count[0], clicks[1] / count[1])
  }
}
