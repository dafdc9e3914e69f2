import FeedPlanning
import Testing

@Suite struct ExactPlanTests {
  /// What a method gives for a problem, held against every list there is.
  private func compare(
    _ problem: FeedProblem, count: Int = 1, method: FeedMethod = .automatic
  ) throws -> Bool {
    let truth = BruteForce(problem).values()
    do {
      let plans = try FeedPlanner.plans(problem, count: count, method: method)
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

  @Test(arguments: 1...10 as ClosedRange<UInt64>) func plansAreThoseOfBruteForce(
    seed: UInt64
  ) throws {
    var feasible = 0
    for index in 0..<100 as Range<UInt64> {
      let problem = RandomProblems().problem(seed: seed, index)
      if try compare(problem) { feasible += 1 }
    }
    #expect((50..<97).contains(feasible))
  }

  @Test(arguments: 1...2 as ClosedRange<UInt64>) func theBestPlansComeInOrder(
    seed: UInt64
  ) throws {
    for index in 0..<50 as Range<UInt64> {
      _ = try compare(RandomProblems().problem(seed: seed + 100, index), count: 12)
    }
  }
}
