/// The exact method: a table of values, prices where the table does not hold every rule, and a search
/// that the table guides.
struct ExactMethod {
  let layout: FeedLayout
  let effort: FeedEffort
  /// Whether free queues are kept as sets; nil for where that is cheap.
  let sets: Bool?

  /// The best plans in order of value.
  /// - Throws: where no list obeys the problem, or none was found.
  func plans(count: Int) throws(FeedInfeasibility) -> [FeedPlan] {
    var table = ValueToGo(layout, TableForm(layout, sets: sets, cells: max(1, effort.cells)))
    guard table(0, 0, 0) > -.infinity else { throw .together }
    if table.isExact { return searched(table, count: count, known: []) }
    if !table.progress.isExact.allSatisfy(\.self) {
      let known = LabelBeam.plans(layout, bound: table, width: 4).first
      DualAscent(steps: effort.steps).improve(&table, known: known?.value)
    }
    let known = LabelBeam.plans(layout, bound: table, width: max(16, count))
    let plans = searched(table, count: count, known: known)
    guard plans.isEmpty else { return plans }
    throw .notFound
  }

  /// - Parameter known: plans that are known, the best first.
  private func searched(_ table: ValueToGo, count: Int, known: [FeedPlan]) -> [FeedPlan] {
    let floor =
      known.count < count ? -.infinity : known[count - 1].value - 10 * layout.resolution
    var search = LabelSearch(table, count: count, floor: floor, most: max(1, effort.labels))
    var plans: [FeedPlan] = []
    while plans.count < count, let plan = search.next() { plans.append(plan) }
    guard search.isExhausted else { return plans }
    let bound = search.bound ?? .infinity
    let others = known.filter { plan in !plans.contains { $0.choices == plan.choices } }
    return plans
      + others.prefix(count - plans.count).map {
        FeedPlan(choices: $0.choices, value: $0.value, bound: max($0.value, bound))
      }
  }
}
