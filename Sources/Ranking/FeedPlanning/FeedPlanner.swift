/// Plans of mixed feeds.
package enum FeedPlanner {
  /// The best plan of a problem.
  /// - Throws: `faults` for an ill-formed problem, `infeasible` where no list obeys it.
  package static func plan(
    _ problem: FeedProblem, method: FeedMethod = .automatic
  ) throws(FeedPlanningError) -> FeedPlan {
    guard let best = try plans(problem, count: 1, method: method).first else {
      throw .infeasible(.together)
    }
    return best
  }

  /// The `count` best distinct plans in order of value, fewer where there are no more.
  /// - Throws: `faults` for an ill-formed problem, `infeasible` where no list obeys it.
  package static func plans(
    _ problem: FeedProblem, count: Int, method: FeedMethod = .automatic
  ) throws(FeedPlanningError) -> [FeedPlan] {
    let faults = problem.faults()
    guard faults.isEmpty else { throw .faults(faults) }
    let plans = SimpleProgramme(problem).plans(count: max(1, count))
    guard !plans.isEmpty else { throw .infeasible(.together) }
    return Array(plans.prefix(max(0, count)))
  }

  /// The best plan that obeys as much of a problem as can be: all of it, or all but the minima, or
  /// only the order of queues and what is fixed.
  /// - Throws: `faults`, or `infeasible` where there are too few items to fill the slots.
  package static func relaxedPlan(
    _ problem: FeedProblem, method: FeedMethod = .automatic
  ) throws(FeedPlanningError) -> (plan: FeedPlan, kept: FeedStrictness) {
    var last = FeedPlanningError.infeasible(.together)
    for kept in FeedStrictness.allCases {
      do throws(FeedPlanningError) {
        return (try plan(problem.relaxed(to: kept), method: method), kept)
      } catch {
        guard case .infeasible = error else { throw error }
        last = error
      }
    }
    throw last
  }
}
