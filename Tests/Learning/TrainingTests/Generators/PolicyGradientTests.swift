import EvaluatorModel
import Features
import GeneratorModel
import Networks
import Objectives
import RandomStreams
import Tensors
import Testing
import TinyModels
import Training

@Suite struct PolicyGradientTests {
  @Test(arguments: Baseline.allCases, [true, false])
  func theMeanEstimateIsTheExactGradient(baseline: Baseline, toGo: Bool) {
    let exact = expected.gradient(generator)
    let estimates = estimates(baseline, toGo: toGo)
    let size = exact.reduce(0) { $0 + $1 * $1 }.squareRoot()
    let along = Projection(estimates, on: exact.map { $0 / size })
    #expect(abs(along.mean - size) < 4 * along.error)
    // Sharp enough to see a fault of a third, but for the noise that baselines are there to remove.
    #expect(along.error < (baseline == .none ? 0.3 : 0.08) * size)

    var stream = RandomStream(seed: 8, "directions")
    for _ in 0..<20 {
      let direction = exact.map { _ in stream.normal() / Double(exact.count).squareRoot() }
      let projection = Projection(estimates, on: direction)
      let wanted = zip(exact, direction).reduce(0) { $0 + $1.0 * $1.1 }
      #expect(abs(projection.mean - wanted) < 4.5 * projection.error)
    }
  }

  /// The exact sum itself, against the slope of the expected reward.
  @Test func theExactGradientIsTheSlopeOfTheExpectedReward() {
    let exact = expected.gradient(generator)
    let size = exact.reduce(0) { $0 + $1 * $1 }.squareRoot()
    let step = 0.005
    let values = [step, -step].map { step in
      var moved = generator
      var position = 0
      for p in moved.parameters.values.indices {
        for i in moved.parameters.values[p].scalars.indices {
          moved.parameters.values[p].scalars[i] += Float(step * exact[position] / size)
          position += 1
        }
      }
      return expected.value(moved)
    }
    #expect(abs((values[0] - values[1]) / (2 * step) - size) < 0.03 * size)
  }

  @Test func comparingWithTheOtherListsTakesNoiseAway() {
    let noise = { (baseline: Baseline, toGo: Bool) in
      let estimates = self.estimates(baseline, toGo: toGo)
      let means = estimates[0].indices.map { i in
        estimates.reduce(0) { $0 + $1[i] } / Double(estimates.count)
      }
      return estimates.reduce(0) { sum, estimate in
        zip(estimate, means).reduce(sum) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
      }
    }
    #expect(noise(.leaveOneOut, false) < 0.7 * noise(.none, false))
    #expect(noise(.leaveOneOut, true) < 0.7 * noise(.none, true))
  }

  @Test func shardsDivideTheWorkAndChangeNothing() {
    let sessions = [EncodedSession](repeating: session, count: 7)
    let policy = policyGradient(.leaveOneOut, toGo: true)
    let results = [1, 3].map { shards in
      policy.step(sessions, step: 2, shards: shards, workers: Workers(2))
    }
    let flat = results.map { $0.gradients.flat(like: generator.parameters).map { Float($0) } }
    let size = flat[0].map { abs($0) }.max() ?? 0
    #expect(distance(flat[0], flat[1]) < 1e-4 * size)
    #expect(abs(results[0].sums.reward - results[1].sums.reward) < 1e-5)
    #expect(abs(results[0].sums.entropy - results[1].sums.entropy) < 1e-5)
  }

  /// A search that may score all 24 lists finds the best one, and that changes the step.
  @Test func aSearchFindsWhatToImitate() throws {
    let batch = RequestBatch([request])
    let weights: [[Float]] = [[0.2, 0.5, 0.3]]
    func reward(_ list: [Int]) -> Float {
      let values = utilities.utilities(batch, ListBatch([list]))[0]
      return utilities.objectives.reward(values, weights: weights[0])
    }
    let all = allLists(candidates: 4, length: 3).sorted { reward($0) < reward($1) }
    var policy = policyGradient(.leaveOneOut, toGo: true)
    policy.settings.searchedLists = 24
    let drawn = Array(all[..<4])
    let found = policy.searched(
      batch, weights: weights, lists: drawn, rewards: drawn.map(reward), step: 0, first: 0)
    #expect(reward(try #require(found[0])) > reward(drawn[3]))
    let best = [[Int]](repeating: all[23], count: 4)
    #expect(
      policy.searched(
        batch, weights: weights, lists: best, rewards: best.map(reward), step: 0, first: 0) == [nil]
    )
    policy.settings.lists = 2
    let sessions = tinyRequests(seed: 7, candidates: [4, 4, 4, 4, 4, 4]).map {
      EncodedSession(request: $0, shown: [2, 0, 1], feedback: [[0, 1, 0]], userKey: 1, time: 0)
    }
    let with = policy.step(sessions, step: 0, shards: 1, workers: Workers(1)).gradients
    policy.settings.searchedLists = 0
    let without = policy.step(sessions, step: 0, shards: 1, workers: Workers(1)).gradients
    let flat = [with, without].map { $0.flat(like: generator.parameters).map { Float($0) } }
    #expect(distance(flat[0], flat[1]) > 0)
  }

  private let generator = tinyGenerator(seed: 2)
  private let request = tinyRequests(seed: 6, candidates: [4])[0]
  private let utilities = UtilityModel(
    evaluators: EvaluatorEnsemble(
      members: [tinyEvaluator(seed: 1), tinyEvaluator(seed: 2)], pessimism: 0.5),
    objectives: tinyObjectives)

  private var session: EncodedSession {
    EncodedSession(request: request, shown: [2, 0, 1], feedback: [[0, 1, 0]], userKey: 1, time: 0)
  }

  private var expected: ExpectedReward {
    ExpectedReward(
      utilities: utilities, request: request, length: 3,
      weights: [[1, 0, 0], [0, 1, 0], [0, 0, 1]])
  }

  private func policyGradient(_ baseline: Baseline, toGo: Bool) -> PolicyGradient {
    var settings = GeneratorTraining()
    settings.baseline = baseline
    settings.rewardToGo = toGo
    settings.lists = 4
    settings.entropy = 0
    settings.unknownRate = 0
    // Single objectives only, so that the expectation over w is a sum of three.
    settings.weights.corners = 0
    settings.weights.uniform = 0
    settings.weights.single = 1
    return PolicyGradient(
      generator: generator, utilities: utilities, settings: settings, seed: 5, scale: 1)
  }

  /// Independent estimates of the gradient of the expected reward, 128 lists each.
  private func estimates(_ baseline: Baseline, toGo: Bool) -> [[Double]] {
    let policy = policyGradient(baseline, toGo: toGo)
    let sessions = [EncodedSession](repeating: session, count: 32)
    return (0..<150).map { step in
      let gradients = policy.step(sessions, step: step, shards: 1, workers: Workers(1)).gradients
      // The step descends on the loss, which is the negative reward.
      return gradients.flat(like: generator.parameters).map { -$0 }
    }
  }
}

/// Estimates along one direction: their mean and its standard error.
private struct Projection {
  let mean: Double
  let error: Double

  init(_ estimates: [[Double]], on direction: [Double]) {
    let values = estimates.map { zip($0, direction).reduce(0) { $0 + $1.0 * $1.1 } }
    let count = Double(values.count)
    let mean = values.reduce(0, +) / count
    let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (count - 1)
    self.mean = mean
    error = (variance / count).squareRoot()
  }
}
