import RandomStreams
import Statistics
import Testing

@Suite struct ExpectedReciprocalRankTests {
  @Test func matchesValuesWorkedByHand() throws {
    #expect(satisfaction(grade: 2, maximum: 2) == 0.75)
    #expect(satisfaction(grade: 0, maximum: 4) == 0)
    // 1/2 + 1/2 * 1/2 * 1/2
    #expect(expectedReciprocalRank([0.5, 0.5]) == 0.625)
    // Intents weigh 3/4 and 1/4: 3/4 * 1/2 + 1/4 * 1/4.
    #expect(intentAwareERR([[0.5, 0], [0, 0.5]], weights: [3, 1]) == 0.4375)
  }

  @Test func extremes() {
    #expect(expectedReciprocalRank([1, 1, 1]) == 1)
    #expect(expectedReciprocalRank([0, 0]) == 0)
    #expect(expectedReciprocalRank([]) == 0)
    #expect(expectedReciprocalRank([0.5, 1.1]) == nil)
    #expect(expectedReciprocalRank([.nan]) == nil)
    #expect(intentAwareERR([], weights: [1]) == 0)
    #expect(intentAwareERR([[0.5]], weights: [0]) == nil)
    #expect(intentAwareERR([[0.5, 0.5]], weights: [2, -1]) == nil)
    #expect(intentAwareERR([[0.5, .nan]], weights: [1, 1]) == nil)
  }

  @Test func paddingIsNeverRead() {
    let mask = [true, false, true]
    #expect(expectedReciprocalRank([0.5, .nan, 0.5], mask: mask) == 0.625)
    #expect(
      intentAwareERR([[0.5], [], [0.5]], weights: [1], mask: mask)
        == intentAwareERR([[0.5], [0.5]], weights: [1]))
    #expect(expectedReciprocalRank([0.5, .nan], at: 1) == 0.5)
  }

  @Test(arguments: 1...5 as ClosedRange<UInt64>)
  func agreesWithReadersWhoStopAtRandom(seed: UInt64) throws {
    var random = RandomStream(seed: seed, "readers")
    let list = (0..<5).map { _ in [random.uniform(), random.uniform()] }
    let weights = [0.7, 0.3]
    var readings = Welford()
    for _ in 0..<40_000 {
      let intent = random.uniform() < 0.7 ? 0 : 1
      let stop = list.firstIndex { random.uniform() < $0[intent] }
      readings.add(stop.map { 1 / Double($0 + 1) } ?? 0)
    }
    let value = try #require(intentAwareERR(list, weights: weights))
    #expect(abs(value - (readings.mean ?? .nan)) < 0.01)
    #expect(value >= 0 && value <= 1)
    let same = try #require(intentAwareERR(list.map { [$0[0], $0[0]] }, weights: weights))
    #expect(abs(same - (expectedReciprocalRank(list.map { $0[0] }) ?? .nan)) < 1e-12)
  }
}
