import RandomStreams
import Statistics
import Testing

@Suite struct BetterPercentageTests {
  @Test func sharesMatchACountByHand() throws {
    var random = RandomStream(seed: 1, "better")
    let result = try #require(
      BetterPercentage.of(
        generated: [2, 1, 1, 0.5, 3], logged: [1, 1, 2, 0.4, 1], users: [1, 1, 2, 2, 3],
        using: &random))
    #expect(result.better == 0.6 && result.ties == 0.2 && result.worse == 0.2)
    #expect(result.requests == 5 && result.users == 3)
    let interval = try #require(result.interval)
    #expect(interval.low <= 0.6 && 0.6 <= interval.high)
    #expect(interval.low >= 0 && interval.high <= 1)
  }

  @Test func rewardsApartByLessThanTheToleranceTie() {
    #expect(Comparison(generated: 1_000_000.5, logged: 1_000_000) == .tie)
    #expect(Comparison(generated: 1_000_002, logged: 1_000_000) == .better)
    #expect(Comparison(generated: -1, logged: -1 + 5e-7) == .tie)
    #expect(Comparison(generated: 0, logged: -0.0) == .tie)
    #expect(Comparison(generated: 0, logged: 1e-12) == .worse)
    #expect(Comparison(generated: 1, logged: 1.0000001, tolerance: 0) == .worse)
  }

  @Test func alwaysBetterHasAnIntervalWithoutWidth() throws {
    var random = RandomStream(seed: 1, "always")
    let result = try #require(
      BetterPercentage.of(
        generated: [2, 2, 2], logged: [1, 1, 1], users: [1, 2, 3], using: &random))
    #expect(result.better == 1 && result.worse == 0)
    #expect(result.interval == Interval(low: 1, high: 1))
  }

  @Test func noRequestsOrOneUser() throws {
    var random = RandomStream(seed: 1, "few")
    #expect(BetterAccumulator().result(using: &random) == nil)
    let single = BetterPercentage.of(
      generated: [2, 0], logged: [1, 1], users: [9, 9], using: &random)
    #expect(try #require(single).better == 0.5)
    #expect(try #require(single).interval == nil)
  }

  @Test(arguments: 1...5 as ClosedRange<UInt64>)
  func theOrderOfRequestsChangesNothing(seed: UInt64) throws {
    var random = RandomStream(seed: seed, "order")
    let generated = (0..<300).map { _ in 0.3 + random.normal() }
    let logged = (0..<300).map { _ in random.normal() }
    let users = (0..<300).map { _ in UInt64(random.below(40)) }
    let order = random.permutation(300)
    var one = RandomStream(seed: seed, "interval")
    var two = one
    let first = BetterPercentage.of(
      generated: generated, logged: logged, users: users, using: &one)
    let second = BetterPercentage.of(
      generated: order.map { generated[$0] }, logged: order.map { logged[$0] },
      users: order.map { users[$0] }, using: &two)
    #expect(first == second)
    let result = try #require(first)
    let slow = zip(generated, logged).count { $0 > $1 }
    #expect(result.better == Double(slow) / 300)
    #expect(abs(result.better + result.ties + result.worse - 1) < 1e-12)
  }
}
