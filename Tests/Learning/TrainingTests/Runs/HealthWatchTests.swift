import Foundation
import RandomStreams
import Testing
import Training

@Suite struct HealthWatchTests {
  /// Step `step` of a run that learns, with the noise of a small batch.
  private func healthy(_ step: Int, seed: UInt64) -> HealthSample {
    var stream = RandomStream(seed: seed, "health", step: UInt64(step))
    let learnt = 1 - exp(-Double(step) / 300)
    return HealthSample(
      reward: 1 + 0.8 * learnt + 0.15 * stream.normal(),
      entropy: 3 - 2.6 * learnt + 0.05 * stream.normal(),
      gradientNorm: 0.5 * exp(0.7 * stream.normal()),
      shareBetter: min(1, 0.5 + 0.45 * learnt + 0.03 * stream.normal()))
  }

  /// The first verdict that is not healthy, with its step.
  private func collapse(
    steps: Int = 2000, configuration: HealthConfiguration = HealthConfiguration(),
    _ sample: (Int) -> HealthSample
  ) -> (step: Int, reason: CollapseReason)? {
    var watch = HealthWatch(configuration: configuration)
    for step in 1...steps {
      if case .collapsed(let reason) = watch.observe(sample(step)) { return (step, reason) }
    }
    return nil
  }

  @Test(arguments: UInt64(0)..<10)
  func aNoisyHealthyRunPasses(seed: UInt64) {
    #expect(collapse { healthy($0, seed: seed) } == nil)
  }

  @Test func passingTroublesPass() {
    // Each trouble ends one step before it counts.
    let found = collapse { step in
      var sample = healthy(step, seed: 1)
      switch step {
      case 300..<349: (sample.entropy, sample.shareBetter) = (0, 0.1)
      case 500..<519: sample.gradientNorm = 1e6
      case 700..<750: sample.reward = -3
      default: break
      }
      return sample
    }
    #expect(found == nil)
  }

  @Test func aSurePolicyThatWinsIsHealthy() {
    let found = collapse { step in
      var sample = healthy(step, seed: 2)
      (sample.entropy, sample.shareBetter) = (0, 0.9)
      return sample
    }
    #expect(found == nil)
  }

  @Test(arguments: [Double.nan, .infinity, -.infinity])
  func aValueThatIsNotFiniteCollapsesAtOnce(value: Double) {
    let fields: [(WritableKeyPath<HealthSample, Double>, String)] = [
      (\.reward, "reward"), (\.entropy, "entropy"), (\.gradientNorm, "gradient norm"),
      (\.shareBetter, "share of better lists"),
    ]
    for (field, name) in fields {
      let found = collapse { step in
        var sample = healthy(step, seed: 3)
        if step == 7 { sample[keyPath: field] = value }
        return sample
      }
      #expect(found?.step == 7)
      #expect(found?.reason == .notFinite(quantity: name))
    }
  }

  @Test func lostEntropyCollapses() throws {
    let found = try #require(
      collapse { step in
        var sample = healthy(step, seed: 4)
        if step >= 400 { (sample.entropy, sample.shareBetter) = (0.001, 0.3) }
        return sample
      })
    #expect(found.step == 449)
    #expect(
      found.reason
        == .entropyLost(entropy: 0.001, floor: 0.02, shareBetter: 0.3, steps: 50))
  }

  @Test func aFallingRewardCollapses() throws {
    let found = try #require(
      collapse { step in
        var sample = healthy(step, seed: 5)
        sample.reward -= 0.004 * Double(max(0, step - 200))
        return sample
      })
    guard case .rewardFell(let start, let average, let steps) = found.reason else {
      Issue.record("\(found.reason)")
      return
    }
    #expect(steps == 100 && start - average > 0.5 && (500...800).contains(found.step))
  }

  @Test func anExplodingGradientCollapses() throws {
    let found = try #require(
      collapse { step in
        var sample = healthy(step, seed: 6)
        if step >= 100 { sample.gradientNorm = 1e4 }
        return sample
      })
    #expect(found.step == 119)
    guard case .gradientExploded(1e4, let limit, 20) = found.reason else {
      Issue.record("\(found.reason)")
      return
    }
    #expect(limit >= 100)
  }

  @Test func aResumedWatchGoesOnAsIfNeverStopped() throws {
    func sick(_ step: Int) -> HealthSample {
      var sample = healthy(step, seed: 7)
      sample.reward -= 0.004 * Double(max(0, step - 100))
      return sample
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    var whole = HealthWatch()
    var resumed = HealthWatch()
    for step in 1...600 {
      #expect(whole.observe(sick(step)) == resumed.observe(sick(step)))
      if step % 37 == 0 {
        let saved = try encoder.encode(resumed.state)
        resumed = HealthWatch(
          state: try JSONDecoder().decode(HealthWatch.State.self, from: saved))
        #expect(try encoder.encode(resumed.state) == saved)
      }
    }
    #expect(whole == resumed)
  }

  @Test func reasonsSayWhatToDo() {
    let reason = CollapseReason.gradientExploded(norm: 1e4, limit: 100, steps: 20)
    #expect(
      "\(reason)" == "the gradient norm, 10000.0, has been over 100.0 for 20 steps; "
        + "lower the learning rate")
  }
}
