import Foundation
import RandomStreams
import Statistics
import Testing

@Suite struct DriftMeasuresTests {
  @Test func stabilityOfEqualSharesIsZeroAndGrowsWithTheShift() {
    #expect(populationStability([10, 20, 30], against: [10, 20, 30]) == 0)
    // Shares .25 and .75 against .75 and .25: (.5) ln 3 twice; half a row is added to each bin.
    let far = populationStability([250_000, 750_000], against: [750_000, 250_000])
    #expect(abs((far ?? 0) - log(3)) < 1e-4)
    #expect(populationStability([0, 100], against: [50, 50])?.isFinite == true)
    #expect(populationStability([0, 0], against: [1, 1]) == nil)
    #expect(populationStability([1, 1], against: [0, 0]) == nil)
  }

  @Test(arguments: 1...5)
  func twoSamplesOfOneLawHaveTheStabilityOfTheirNoise(seed: UInt64) {
    var stream = RandomStream(seed: seed, "tests.statistics.psi")
    func sample(_ rows: Int) -> [Double] {
      var counts = [Double](repeating: 0, count: 10)
      for _ in 0..<rows { counts[stream.below(10)] += 1 }
      return counts
    }
    let value = populationStability(sample(1000), against: sample(1000)) ?? 1
    #expect(value >= 0 && value < 4 * 9 * (2 / 1000.0))
  }

  @Test func predictedOverObservedIsARatioOfSums() {
    var pcoc = PredictedOverObserved()
    #expect(pcoc.value == nil && pcoc.interval() == nil)
    for (cluster, label) in [(1, 1.0), (1, 0), (2, 0), (2, 1)] as [(UInt64, Double)] {
      pcoc.add(predicted: 0.6, observed: label, cluster: cluster)
    }
    #expect(abs((pcoc.value ?? 0) - 1.2) < 1e-12 && pcoc.rows == 4)
    // Both users have the same ratio, so nothing is unsure.
    #expect(abs((pcoc.interval()?.low ?? 0) - 1.2) < 1e-9)
    pcoc.add(predicted: 0.6, observed: 0, cluster: 3)
    let interval = pcoc.interval()
    #expect((interval?.low ?? 9) < 1.5 && (interval?.high ?? 0) > 1.5)
  }

  /// Of 200 logs of a true ratio of 1, the interval of 95 % misses about 10.
  @Test func theIntervalHoldsTheTruthAboutAsOftenAsItSays() {
    var held = 0
    for seed in 1...200 {
      var stream = RandomStream(seed: UInt64(seed), "tests.statistics.pcoc")
      var pcoc = PredictedOverObserved()
      for user in 0..<150 {
        // Users differ, so their rows are not independent.
        let chance = 0.1 + 0.3 * stream.uniform()
        for _ in 0..<1 + stream.below(8) {
          pcoc.add(
            predicted: 0.25, observed: stream.uniform() < chance ? 1 : 0, cluster: UInt64(user))
        }
      }
      if let interval = pcoc.interval(), interval.low <= 1, interval.high >= 1 { held += 1 }
    }
    #expect((180...199).contains(held))
  }
}
