import FeedPlanning
import Testing

@Suite struct ExactPlanTests {
  /// What a method gives for a problem, held against every list there is.
  /// - Returns: whether there is a plan.
  private func compare(
    _ problem: FeedProblem, count: Int = 1, method: FeedMethod = .automatic,
    effort: FeedEffort = FeedEffort()
  ) throws -> Bool {
    let truth = BruteForce(problem).values()
    do {
      let plans = try FeedPlanner.plans(problem, count: count, method: method, effort: effort)
      #expect(plans.count == min(count, truth.count))
      for (plan, value) in zip(plans, truth) {
        #expect(problem.violations(of: plan.choices).isEmpty)
        #expect(abs(plan.value - value) < 1e-9 && plan.isProven)
        #expect(plan.value == problem.value(of: plan.choices))
      }
      #expect(Set(plans.map(\.choices)).count == plans.count)
      return true
    } catch FeedPlanningError.infeasible {
      #expect(truth.isEmpty)
      return false
    }
  }

  @Test(arguments: 1...10 as ClosedRange<UInt64>)
  func aThousandPlansAreThoseOfBruteForce(seed: UInt64) throws {
    var feasible = 0
    for index in 0..<100 as Range<UInt64> {
      if try compare(RandomProblems().problem(seed: seed, index)) { feasible += 1 }
    }
    // Both answers occur.
    #expect((50..<97).contains(feasible))
  }

  @Test(arguments: [FeedMethod.prices, .subsets])
  func freeQueuesAreExactBySetsAndByPrices(method: FeedMethod) throws {
    for index in 0..<200 as Range<UInt64> {
      let problem = RandomProblems(ordered: false).problem(seed: 11, index)
      _ = try compare(problem, method: method)
    }
  }

  @Test func queuesInOrderAreExact() throws {
    for index in 0..<200 as Range<UInt64> {
      _ = try compare(RandomProblems(ordered: true, hasShares: false).problem(seed: 12, index))
    }
  }

  /// A table of one number knows neither gaps nor queues; the search then has to.
  @Test(arguments: [1, 20, 60]) func aCoarseTableCostsTimeOnly(cells: Int) throws {
    for index in 0..<100 as Range<UInt64> {
      let problem = RandomProblems().problem(seed: 13, index)
      for method in [FeedMethod.automatic, .subsets] {
        _ = try compare(problem, count: 3, method: method, effort: FeedEffort(cells: cells))
      }
    }
  }

  /// The table that knows what shares still afford, from the first label on.
  @Test func whatSharesAffordIsExact() throws {
    for index in 0..<200 as Range<UInt64> {
      let problem = RandomProblems().problem(seed: 15, index)
      for method in [FeedMethod.subsets, .prices] {
        _ = try compare(problem, count: 2, method: method, effort: FeedEffort(quickLabels: 1))
      }
    }
  }

  @Test(arguments: 1...4 as ClosedRange<UInt64>)
  func theBestPlansComeInOrder(seed: UInt64) throws {
    for index in 0..<50 as Range<UInt64> {
      for method in [FeedMethod.automatic, .prices] {
        let problem = RandomProblems().problem(seed: seed + 100, index)
        _ = try compare(problem, count: 12, method: method)
      }
    }
  }

  /// The control: a planner that forgets the spacing is caught, by its violations and by its values.
  @Test func aPlannerWithoutSpacingWouldBeSeen() throws {
    var broken = 0
    var higher = 0
    for index in 0..<100 as Range<UInt64> {
      let problem = RandomProblems(slots: 4...5).problem(seed: 14, index)
      var forgetful = problem
      for c in problem.channels.indices { forgetful.channels[c].gap = 1 }
      guard let plan = try? FeedPlanner.plan(forgetful),
        let truth = BruteForce(problem).values().first
      else { continue }
      let violations = problem.violations(of: plan.choices)
      if violations.contains(where: { if case .spacing = $0 { true } else { false } }) {
        broken += 1
      }
      if plan.value > truth + 1e-9 { higher += 1 }
    }
    #expect(broken > 20 && higher > 20)
  }
}
