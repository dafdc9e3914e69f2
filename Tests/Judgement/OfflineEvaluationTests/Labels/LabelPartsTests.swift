import EvaluationReport
import OfflineEvaluation
import RandomStreams
import Testing

@Suite struct PairedMeansTests {
  private func figures(_ means: PairedMeans) throws -> (own: Double, lead: Double, width: Double) {
    var stream = RandomStream(seed: 3, "bootstrap")
    let all = try #require(means.figures(samples: 300, level: 0.95, using: &stream))
    let (first, second) = (all[0][0], all[1][0])
    #expect(first.lead == nil)
    let (low, high) = (try #require(second.leadLow), try #require(second.leadHigh))
    let own = try #require(second.high) - (try #require(second.low))
    return (own, try #require(second.lead), high - low)
  }

  @Test func aConstantLeadHasNoSpreadHoweverNoisyTheMeansAre() throws {
    var means = PairedMeans(methods: 2, measures: 1)
    var stream = RandomStream(seed: 1, "noise")
    for user in 0..<30 {
      let value = stream.normal()
      means.add(user: UInt64(user), [[value], [value - 0.25]])
    }
    let found = try figures(means)
    #expect(abs(found.lead - 0.25) < 1e-12 && found.width < 1e-9 && found.own > 0.3)
  }

  @Test func sessionsOfOneUserAreDrawnTogether() throws {
    var (apart, together) = (
      PairedMeans(methods: 2, measures: 1), PairedMeans(methods: 2, measures: 1)
    )
    for number in 0..<200 {
      let values = [[number % 20 < 10 ? 1.0 : 0], [0.5]]
      apart.add(user: UInt64(number), values)
      together.add(user: UInt64(number % 20), values)
    }
    #expect(apart.users == 200 && together.users == 20)
    #expect(try figures(together).width > 2 * figures(apart).width)
  }

  @Test func oneUserHasNoIntervalAndNoSessionNoFigures() throws {
    var means = PairedMeans(methods: 2, measures: 1)
    var stream = RandomStream(seed: 3, "bootstrap")
    #expect(means.figures(samples: 10, level: 0.95, using: &stream) == nil)
    means.add(user: 1, [[1], [0]])
    let figures = try #require(means.figures(samples: 10, level: 0.95, using: &stream))
    #expect(figures[1][0].lead == 1 && figures[1][0].leadLow == nil && figures[0][0].low == nil)
  }
}

@Suite struct SlotRatesTests {
  @Test func aSlotsRateIsItsShareOfTheFirstOnes() throws {
    let rates = try #require(SlotRates([[1, 1, 0], [1, 0], [0, 0, 0]]))
    #expect(rates.relative == [1, 0.5, SlotRates.floor])
  }

  @Test func withoutFeedbackInTheFirstSlotThereAreNone() {
    #expect(SlotRates([[0, 1], [0, 0]]) == nil && SlotRates([]) == nil)
  }
}

@Suite struct LimitedMemoryDescentTests {
  @Test func findsTheLowestPointOfALongValley() {
    // Curvatures from 1 to 1000, so that steps along the gradient take thousands of turns.
    let scales = (0..<8).map { Double(1 << $0) * 8 - 7 }
    let goal = (0..<8).map { Double($0) - 3.5 }
    let found = LimitedMemoryDescent().minimum(from: [Double](repeating: 0, count: 8)) { x in
      let value = x.indices.reduce(0.0) {
        $0 + scales[$1] / 2 * (x[$1] - goal[$1]) * (x[$1] - goal[$1])
      }
      return (value, x.indices.map { scales[$0] * (x[$0] - goal[$0]) })
    }
    #expect(zip(found, goal).allSatisfy { abs($0 - $1) < 1e-4 })
  }

  @Test func noStepGoesUp() {
    var values: [Double] = []
    let found = LimitedMemoryDescent().minimum(from: [3, -2]) { x in
      let value = x[0] * x[0] * x[0] * x[0] + x[1] * x[1]
      values.append(value)
      return (value, [4 * x[0] * x[0] * x[0], 2 * x[1]])
    }
    let last = found[0] * found[0] * found[0] * found[0] + found[1] * found[1]
    #expect(values.allSatisfy { last <= $0 } && last < 1e-4)
  }
}
