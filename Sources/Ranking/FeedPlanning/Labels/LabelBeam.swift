/// The best `width` labels of each slot: plans fast, without a proof.
struct LabelBeam {
  /// Finished plans that obey the problem, the best first; often fewer than `width`, maybe none.
  ///
  /// With a table labels are kept by what they can reach, without one by their value so far.
  static func plans(_ layout: FeedLayout, bound: ValueToGo?, width: Int) -> [FeedPlan] {
    var space = LabelSpace(layout, bound: bound)
    guard let start = space.start() else { return [] }
    var kept = [start]
    var children: [Int] = []
    for _ in 0..<layout.slots {
      children.removeAll(keepingCapacity: true)
      for label in kept { space.expand(label, into: &children) }
      // Of equal labels the earlier one stays.
      children.sort {
        let (first, second) = (space.labels[$0].bound, space.labels[$1].bound)
        return first != second ? first > second : $0 < $1
      }
      kept = Array(children.prefix(max(1, width)))
    }
    return kept.filter { space.isComplete($0) }.map { space.plan($0, isProven: false) }
      .sorted { $0.value > $1.value }
  }
}
