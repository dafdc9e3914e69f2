/// Plans of mixed feeds.
package enum FeedPlanner {
  /// The best plan of a problem.
  /// - Throws: `FeedPlanningError`: `faults` for an ill-formed problem, `infeasible` where no list
  ///   obeys it.
  package static func plan(
    _ problem: FeedProblem, method: FeedMethod = .automatic, effort: FeedEffort = FeedEffort()
  ) throws -> FeedPlan {
    guard let best = try plans(problem, count: 1, method: method, effort: effort).first else {
      throw FeedPlanningError.infeasible(.together)
    }
    return best
  }

  /// The `count` best distinct plans in order of value, fewer where there are no more. The fixed slots
  /// and the threshold rule have one plan each.
  /// - Throws: as `plan`.
  package static func plans(
    _ problem: FeedProblem, count: Int, method: FeedMethod = .automatic,
    effort: FeedEffort = FeedEffort()
  ) throws -> [FeedPlan] {
    let faults = problem.faults()
    guard faults.isEmpty else { throw FeedPlanningError.faults(faults) }
    do throws(FeedInfeasibility) {
      let layout = try FeedLayout(problem)
      let plans = try plans(layout, max(1, count), method, effort)
      if plans.isEmpty { throw .notFound }
      return Array(plans.prefix(max(0, count)))
    } catch {
      throw FeedPlanningError.infeasible(error)
    }
  }

  private static func plans(
    _ layout: FeedLayout, _ count: Int, _ method: FeedMethod, _ effort: FeedEffort
  ) throws(FeedInfeasibility) -> [FeedPlan] {
    switch method {
    case .automatic:
      try ExactMethod(layout: layout, effort: effort, sets: nil).plans(count: count)
    case .subsets:
      try ExactMethod(layout: layout, effort: effort, sets: true).plans(count: count)
    case .prices:
      try ExactMethod(layout: layout, effort: effort, sets: false).plans(count: count)
    case .beam(let width): LabelBeam.plans(layout, bound: nil, width: width)
    case .fixedSlots(let slots): [FixedSlots(slots: slots).plan(layout)].compactMap(\.self)
    case .threshold(let threshold):
      [ThresholdRule(threshold: threshold).plan(layout)].compactMap(\.self)
    }
  }

  /// The best plan that obeys as much of a problem as can be: all of it, or all but the minima, or
  /// only the order of queues and what is fixed.
  /// - Throws: `FeedPlanningError`: `faults`, or `infeasible` where there are too few items to fill
  ///   the slots.
  package static func relaxedPlan(
    _ problem: FeedProblem, method: FeedMethod = .automatic, effort: FeedEffort = FeedEffort()
  ) throws -> (plan: FeedPlan, kept: FeedStrictness) {
    for kept in FeedStrictness.allCases.dropLast() {
      do {
        return (try plan(problem.relaxed(to: kept), method: method, effort: effort), kept)
      } catch FeedPlanningError.infeasible {}
    }
    return (
      try plan(problem.relaxed(to: .fixedOnly), method: method, effort: effort), .fixedOnly
    )
  }
}
