import RandomStreams
import Statistics
import Testing

@Suite struct AveragePrecisionTests {
  @Test func matchesValuesWorkedByHand() throws {
    // Hits at ranks 1, 3: (1/1 + 2/3) / 2.
    #expect(abs(try #require(averagePrecision([1, 0, 1, 0])) - 5.0 / 6) < 1e-12)
    // Three are relevant, two fit into k = 2, one is found.
    #expect(averagePrecision([0, 1, 1], relevant: 3, at: 2) == 0.25)
    #expect(reciprocalRank([0, 0, 1, 1]) == 1.0 / 3)
  }

  @Test func extremes() {
    #expect(averagePrecision([1, 1, 0, 0]) == 1)
    #expect(averagePrecision([1, 1], relevant: 9) == 1)
    #expect(averagePrecision([0, 0], relevant: 2) == 0)
    #expect(averagePrecision([0, 0]) == nil)
    #expect(averagePrecision([]) == nil)
    #expect(averagePrecision([], relevant: 2, at: 3) == 0)
    #expect(reciprocalRank([1, 0]) == 1)
    #expect(reciprocalRank([0, 0]) == 0)
    #expect(reciprocalRank([]) == 0)
    #expect(reciprocalRank([0, 0, 1], at: 2) == 0)
  }

  @Test func paddingIsNeverRead() {
    let mask = [true, false, true, false]
    #expect(averagePrecision([0, 1, 1, 1], mask: mask) == averagePrecision([0, 1]))
    #expect(reciprocalRank([0, 1, 1, 1], mask: mask) == 0.5)
  }

  @Test(arguments: 1...6 as ClosedRange<UInt64>)
  func agreesWithTheDefinitionAndLiesInBounds(seed: UInt64) throws {
    var random = RandomStream(seed: seed, "average precision")
    let relevance = (0..<30).map { _ in random.uniform() < 0.3 ? 1.0 : 0.0 } + [1]
    for k in [1, 5, 31, 50] {
      var slow = 0.0
      for r in 1...min(k, 31) where relevance[r - 1] == 1 {
        slow += relevance.prefix(r).reduce(0, +) / Double(r)
      }
      slow /= min(relevance.reduce(0, +), Double(k))
      let value = try #require(averagePrecision(relevance, at: k))
      #expect(abs(value - slow) < 1e-12)
      #expect(value >= 0 && value <= 1)
      let first = relevance.prefix(k).firstIndex(of: 1)
      #expect(reciprocalRank(relevance, at: k) == (first.map { 1 / Double($0 + 1) } ?? 0))
    }
  }
}
