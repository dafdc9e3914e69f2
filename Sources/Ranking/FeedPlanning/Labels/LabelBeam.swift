/// The best `width` labels of each slot: a plan fast, without a proof.
struct LabelBeam {
  /// With a table: by what they can reach. Without: by their value so far, as the article has it.
  static func plan(_ layout: FeedLayout, bound: ValueToGo?, width: Int) -> FeedPlan? {
    var space = LabelSpace(layout, bound: bound)
    guard let start = space.start() else { return nil }
    var kept = [start]
    var children: [Int] = []
    for _ in 0..<layout.slots {
      children.removeAll(keepingCapacity: true)
      for label in kept { space.expand(label, into: &children) }
      // Stable: of equal labels the earlier one stays.
      children.sort {
        space.labels[$0].bound != space.labels[$1].bound
          ? space.labels[$0].bound > space.labels[$1].bound : $0 < $1
      }
      kept = Array(children.prefix(max(1, width)))
    }
    guard let best = kept.first(where: { space.isComplete($0) }) else { return nil }
    let choices = space.choices(best)
    return FeedPlan(choices: choices, value: layout.problem.value(of: choices))
  }
}
