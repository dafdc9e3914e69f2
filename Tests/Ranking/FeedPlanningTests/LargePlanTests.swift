import FeedPlanning
import RandomStreams
import Testing

/// Feeds of 20 slots, as they are served.
@Suite struct LargePlanTests {
  private func problem(
    seed: UInt64, channels: Int = 3, inserts: Int = 4, ordered: Bool, share: Double? = nil
  ) -> FeedProblem {
    var stream = RandomStream(seed: seed, "large feeds")
    let views = (0..<20).map { 1 / (1 + 0.15 * Double($0)) }
    func rows(_ count: Int) -> [[Double]] {
      (0..<count).map { _ in
        let quality = 0.2 + stream.uniform()
        return views.map { $0 * quality * (0.8 + 0.4 * stream.uniform()) }
      }
    }
    let organic = rows(20).sorted { $0[0] > $1[0] }
    return FeedProblem(
      slots: 20, organic: organic,
      channels: (0..<channels).map { _ in
        FeedChannel(inserts: rows(inserts), ordered: ordered, gap: 4, first: 1, share: share)
      }, viewChances: views)
  }

  @Test(arguments: 1...5 as ClosedRange<UInt64>) func setsAndPricesAgree(seed: UInt64) throws {
    let one = problem(seed: seed, channels: 2, inserts: 5, ordered: false, share: 0.2)
    let sets = try FeedPlanner.plan(one, method: .subsets)
    let prices = try FeedPlanner.plan(one, method: .prices)
    #expect(sets.isProven && prices.isProven)
    #expect(abs(sets.value - prices.value) < 1e-9)
  }

  /// A queue in order allows less than the same inserts in any order.
  @Test(arguments: 1...5 as ClosedRange<UInt64>) func freedomIsWorthSomething(
    seed: UInt64
  ) throws {
    let ordered = try FeedPlanner.plan(problem(seed: seed, ordered: true))
    let free = try FeedPlanner.plan(problem(seed: seed, ordered: false))
    #expect(ordered.isProven && free.isProven && ordered.value < free.value)
  }

  @Test(arguments: [nil, 0.15]) func fiftyPlansAreDistinctAndInOrder(share: Double?) throws {
    let one = problem(seed: 6, ordered: true, share: share)
    let plans = try FeedPlanner.plans(one, count: 50)
    #expect(plans.count == 50 && Set(plans.map(\.choices)).count == 50)
    #expect(plans.allSatisfy { one.violations(of: $0.choices).isEmpty && $0.isProven })
    for (better, worse) in zip(plans, plans.dropFirst()) {
      #expect(better.value >= worse.value - 1e-9)
    }
    let first = try FeedPlanner.plan(one)
    #expect(abs(first.value - plans[0].value) < 1e-9)
  }

  /// A search that has to stop gives a plan that obeys all rules, and says what it may miss.
  @Test(arguments: 1...5 as ClosedRange<UInt64>) func aStoppedSearchIsHonest(seed: UInt64) throws {
    let one = problem(seed: seed, inserts: 8, ordered: false, share: 0.1)
    let stopped = try FeedPlanner.plan(one, effort: FeedEffort(labels: 50))
    let longer = try FeedPlanner.plan(one)
    #expect(!stopped.isProven && one.violations(of: stopped.choices).isEmpty)
    #expect(stopped.value <= longer.value + 1e-9 && longer.value <= stopped.bound + 1e-9)
    #expect(stopped.bound < 1.1 * stopped.value)
  }

  /// Six channels with gap 10 and 8 inserts have billions of states.
  @Test func largeProblemsGetACoarserTable() throws {
    var one = problem(seed: 7, channels: 6, inserts: 8, ordered: true)
    for c in 0..<6 { one.channels[c].gap = 5 + c }
    let plan = try FeedPlanner.plan(one, effort: FeedEffort(labels: 20_000, cells: 200_000))
    #expect(one.violations(of: plan.choices).isEmpty && plan.bound < 1.2 * plan.value)
  }
}
