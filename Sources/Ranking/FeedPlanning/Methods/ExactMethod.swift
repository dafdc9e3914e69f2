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
    if !table.progress.isExact.allSatisfy(\.self) {
      let known = LabelBeam.plans(layout, bound: table, width: 4).first
      DualAscent(steps: effort.steps).improve(&table, known: known?.value)
    }
    let hasShares = layout.queues.contains(where: \.hasShare)
    // Labels of a table that is exact but for shares are cheap, its larger one is dear.
    let patience = table.progress.isExact.allSatisfy(\.self) ? 5 : 1
    let isQuick = hasShares && effort.quickLabels < effort.labels / patience
    let labels = isQuick ? patience * effort.quickLabels : effort.labels
    var result = searched(table, count: count, labels: labels)
    if result.isStopped, isQuick {
      // Worth a larger table now: one that knows what is spent of the shares.
      var larger = ValueToGo(
        layout, TableForm(layout, sets: sets, spent: true, cells: max(1, effort.cells)))
      // Beside it the shares' own prices would only add what of a capacity stays unused.
      var prices = table.prices
      prices.share = prices.share.map { _ in 0 }
      if prices != larger.prices { larger.solve(prices) }
      result = searched(larger, count: count, labels: effort.labels)
    }
    guard result.plans.isEmpty else { return result.plans }
    throw result.isStopped ? .notFound : .together
  }

  private func searched(
    _ table: ValueToGo, count: Int, labels: Int
  ) -> (plans: [FeedPlan], isStopped: Bool) {
    // Plans that are known, the best first.
    let known =
      table.isExact
      ? [] : LabelBeam.plans(layout, bound: table, width: max(16, 4 * min(count, 250)))
    let floor =
      known.count < count ? -.infinity : known[count - 1].value - 10 * layout.resolution
    var search = LabelSearch(table, count: count, floor: floor, most: max(1, labels))
    var plans: [FeedPlan] = []
    while plans.count < count, let plan = search.next() { plans.append(plan) }
    guard search.isExhausted else { return (plans, false) }
    let bound = search.bound ?? .infinity
    let others = known.filter { plan in !plans.contains { $0.choices == plan.choices } }
    plans += others.prefix(count - plans.count).map {
      FeedPlan(choices: $0.choices, value: $0.value, bound: max($0.value, bound))
    }
    return (plans, true)
  }
}
