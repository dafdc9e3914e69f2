/// The table and the search, for a problem whose table is small enough.
struct ExactProgramme {
  static func plans(_ layout: FeedLayout, count: Int, sets: Bool) -> [FeedPlan] {
    var spacing = SpacingStates(gaps: layout.queues.map(\.gap))
    _ = spacing.enumerate(most: 100_000)
    let progress = ProgressStates(
      layout, groups: layout.queues.indices.map { ([$0], sets && !layout.queues[$0].ordered) })
    var table = ValueToGo(layout, spacing: spacing, progress: progress)
    if !progress.isExact.allSatisfy(\.self) || layout.queues.contains(where: { $0.capacity.isFinite }) {
      let b = LabelBeam.plan(layout, bound: table, width: 4)
      let first = table(0,0,0)
      let n = unsafe DualAscent(steps: sts, tolerance: layout.resolution * 10).improve(&table, known: b?.value ?? 0)
      unsafe stat.append((first, b?.value ?? .nan, table.prices.offset(layout) + table(0, 0, 0), n))
    }
    var search = LabelSearch(table, count: count, most: 1_000_000)
    var plans: [FeedPlan] = []
    while plans.count < count, let plan = search.next() { plans.append(plan) }
    unsafe lab.append(search.space.labels.count)
    unsafe opt.append(plans.first?.value ?? .nan)
    return plans
  }
}
nonisolated(unsafe) package var sts = 20
nonisolated(unsafe) package var lab: [Int] = []
nonisolated(unsafe) package var opt: [Double] = []
nonisolated(unsafe) package var stat: [(Double, Double, Double, Int)] = []
