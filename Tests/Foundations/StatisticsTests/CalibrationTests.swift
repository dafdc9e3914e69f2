import RandomStreams
import Statistics
import Testing

@Suite struct CalibrationTests {
  @Test func matchesAValueWorkedByHand() throws {
    // Two bins: promised 0.2, kept 0.5; promised 0.8, kept 1.
    let error = try #require(
      expectedCalibrationError(
        probabilities: [0.9, 0.1, 0.7, 0.3], labels: [1, 0, 1, 1], bins: 2))
    #expect(abs(error - (0.5 * 0.3 + 0.5 * 0.2)) < 1e-12)
  }

  @Test func aConstantFallsInOneBin() throws {
    let labels = (0..<100).map { $0 < 30 ? 1.0 : 0.0 }
    let curve = reliabilityCurve(
      probabilities: [Double](repeating: 0.5, count: 100), labels: labels)
    #expect(curve.count == 1)
    #expect(curve[0].count == 100)
    let error = expectedCalibrationError(
      probabilities: [Double](repeating: 0.5, count: 100), labels: labels)
    #expect(abs(try #require(error) - 0.2) < 1e-12)
  }

  @Test func perfectAndWorstPredictionsGiveTheExtremes() {
    let labels = [1.0, 0, 1, 0, 0, 1]
    #expect(expectedCalibrationError(probabilities: labels, labels: labels) == 0)
    let opposite = labels.map { 1 - $0 }
    #expect(expectedCalibrationError(probabilities: opposite, labels: labels) == 1)
  }

  @Test func maskedEmptyAndNaNInputs() {
    let masked = expectedCalibrationError(
      probabilities: [0.9, .nan, 0.1], labels: [1, 5, 0], mask: [true, false, true], bins: 2)
    let bare = expectedCalibrationError(probabilities: [0.9, 0.1], labels: [1, 0], bins: 2)
    #expect(masked == bare)
    #expect(expectedCalibrationError(probabilities: [], labels: []) == nil)
    #expect(expectedCalibrationError(probabilities: [.nan], labels: [1]) == nil)
  }

  @Test(arguments: 1...5 as ClosedRange<UInt64>)
  func agreesWithASlowDefinitionOnDistinctProbabilities(seed: UInt64) throws {
    var random = RandomStream(seed: seed, "calibration")
    let p = (0..<300).map { _ in random.uniform() }
    let y = p.map { random.uniform() < $0 * $0 ? 1.0 : 0.0 }
    let pairs = zip(p, y).sorted { $0.0 < $1.0 }
    var slow = 0.0
    for bin in 0..<15 {
      let part = pairs[(bin * 20)..<(bin * 20 + 20)]
      let gap = part.reduce(0.0) { $0 + $1.1 - $1.0 } / 20
      slow += abs(gap) / 15
    }
    let fast = try #require(expectedCalibrationError(probabilities: p, labels: y))
    #expect(abs(fast - slow) < 1e-12)
    #expect(reliabilityCurve(probabilities: p, labels: y).allSatisfy { $0.count == 20 })
  }

  @Test(arguments: 1...5 as ClosedRange<UInt64>)
  func theOrderOfTheInputDoesNotMatterEvenWithTies(seed: UInt64) throws {
    var random = RandomStream(seed: seed, "calibration order")
    let p = (0..<200).map { _ in Double(random.below(10)) / 10 }
    let y = p.map { random.uniform() < $0 ? 1.0 : 0.0 }
    let order = random.permutation(200)
    let one = try #require(expectedCalibrationError(probabilities: p, labels: y))
    let other = try #require(
      expectedCalibrationError(probabilities: order.map { p[$0] }, labels: order.map { y[$0] }))
    #expect(abs(one - other) < 1e-12)
  }

  @Test func honestProbabilitiesHaveASmallError() throws {
    var random = RandomStream(seed: 1, "calibrated")
    let p = (0..<20_000).map { _ in random.uniform() }
    let y = p.map { random.uniform() < $0 ? 1.0 : 0.0 }
    #expect(try #require(expectedCalibrationError(probabilities: p, labels: y)) < 0.02)
    let bold = p.map { $0 < 0.5 ? $0 / 3 : 1 - (1 - $0) / 3 }
    #expect(try #require(expectedCalibrationError(probabilities: bold, labels: y)) > 0.1)
  }
}
