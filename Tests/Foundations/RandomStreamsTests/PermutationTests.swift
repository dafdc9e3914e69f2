import RandomStreams
import Testing

@Suite struct PermutationTests {
  @Test(arguments: 1...5 as ClosedRange<UInt64>)
  func aPermutationHoldsEveryNumberOnce(seed: UInt64) {
    var stream = RandomStream(seed: seed, "permutation")
    for count in [0, 1, 2, 17, 1000] {
      #expect(stream.permutation(count).sorted() == Array(0..<count))
    }
  }

  @Test func everyOrderOfFourIsAboutEquallyFrequent() {
    var stream = RandomStream(seed: 6, "orders")
    var seen: [[Int]: Double] = [:]
    for _ in 0..<24_000 { seen[stream.permutation(4), default: 0] += 1 }
    #expect(seen.count == 24)
    // 23 degrees of freedom, deviation sqrt(46).
    let statistic = seen.values.reduce(0) { $0 + ($1 - 1000) * ($1 - 1000) / 1000 }
    #expect(abs(statistic - 23) < 5 * 46.0.squareRoot())
  }

  @Test(arguments: [1, 2, 3, 10, 1000])
  func belowReachesEveryNumberAndNoOther(bound: Int) {
    var stream = RandomStream(seed: 7, "below")
    let seen = Set((0..<bound * 20).map { _ in stream.below(bound) })
    #expect(seen == Set(0..<bound))
  }
}
