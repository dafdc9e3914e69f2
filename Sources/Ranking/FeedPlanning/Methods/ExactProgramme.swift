/// The table and the search, for a problem whose table is small enough.
struct ExactProgramme {
  static func plans(_ layout: FeedLayout, count: Int) -> [FeedPlan] {
    var spacing = SpacingStates(gaps: layout.queues.map(\.gap))
    _ = spacing.enumerate(most: 100_000)
    let progress = ProgressStates(
      layout, groups: layout.queues.indices.map { ([$0], !layout.queues[$0].ordered) })
    var search = LabelSearch(
      ValueToGo(layout, spacing: spacing, progress: progress), count: count, most: 1_000_000)
    var plans: [FeedPlan] = []
    while plans.count < count, let plan = search.next() { plans.append(plan) }
    return plans
  }
}
