/// Plans of mixed feeds.
package enum FeedPlanner {
  /// The best plan of a problem.
  /// - Throws: `FeedPlanningError`: `faults` for an ill-formed problem, `infeasible` where no list
  ///   obeys it.
  package static func plan(
    _ problem: FeedProblem, method: FeedMethod = .automatic
  ) throws -> FeedPlan {
    guard let best = try plans(problem, count: 1, method: method).first else {
      throw FeedPlanningError.infeasible(.together)
    }
    return best
  }

  /// The `count` best distinct plans in order of value, fewer where there are no more.
  /// - Throws: as `plan`.
  package static func plans(
    _ problem: FeedProblem, count: Int, method: FeedMethod = .automatic
  ) throws -> [FeedPlan] {
    let faults = problem.faults()
    guard faults.isEmpty else { throw FeedPlanningError.faults(faults) }
    do {
      let plans = ExactProgramme.plans(try FeedLayout(problem), count: max(1, count), sets: method == .subsets)
      guard !plans.isEmpty else { throw FeedInfeasibility.together }
      return Array(plans.prefix(max(0, count)))
    } catch let reason as FeedInfeasibility {
      throw FeedPlanningError.infeasible(reason)
    }
  }

  /// The best plan that obeys as much of a problem as can be: all of it, or all but the minima, or
  /// only the order of queues and what is fixed.
  /// - Throws: `FeedPlanningError`: `faults`, or `infeasible` where there are too few items to fill
  ///   the slots.
  package static func relaxedPlan(
    _ problem: FeedProblem, method: FeedMethod = .automatic
  ) throws -> (plan: FeedPlan, kept: FeedStrictness) {
    for kept in FeedStrictness.allCases.dropLast() {
      do {
        return (try plan(problem.relaxed(to: kept), method: method), kept)
      } catch FeedPlanningError.infeasible {}
    }
    return (try plan(problem.relaxed(to: .fixedOnly), method: method), .fixedOnly)
  }
}
