/// What the table of values keeps apart: gaps as they are or looser, queues by count, by set or
/// several together.
struct TableForm {
  let spacing: SpacingStates
  let progress: ProgressStates

  /// The form for a problem, made coarser until its table has at most `cells` numbers. A coarser
  /// form gives weaker bounds and the same plans.
  ///
  /// - Parameters:
  ///   - sets: whether free queues are kept as sets; nil for where that is cheap.
  ///   - spent: whether what is spent of the shares is kept.
  init(_ layout: FeedLayout, sets: Bool?, spent: Bool = false, cells: Int) {
    let wanted = sets ?? Self.setsAreCheap(layout)
    var groups = Self.groups(layout, sets: wanted, spent: spent)
    var gaps = layout.queues.map(\.gap)
    while true {
      let numbers = ProgressStates.size(layout, groups: groups)
      let most = max(1, cells / (layout.slots + 1) / numbers)
      var spacing = SpacingStates(gaps: gaps)
      let fits = numbers <= cells && spacing.enumerate(most: most)
      let largest = gaps.indices.max { gaps[$0] < gaps[$1] }
      if !fits, numbers > 64 || gaps.allSatisfy({ $0 == 1 }), groups.count > 1 {
        Self.merge(&groups)
      } else if !fits, let largest, gaps[largest] > 1 {
        gaps[largest] = (gaps[largest] + 1) / 2
      } else if !fits, groups.first?.kind == .set {
        groups[0].kind = .count
      } else {
        if !fits { _ = spacing.enumerate(most: .max) }
        self.spacing = spacing
        progress = ProgressStates(layout, groups: groups)
        return
      }
    }
  }

  private typealias Group = ProgressStates.Group

  /// Free queues that only have to hold "each at most once" are counted together.
  private static func groups(_ layout: FeedLayout, sets: Bool, spent: Bool) -> [Group] {
    let open = layout.queues.indices.filter { layout.queues[$0].limit > 0 }
    let loose = sets ? [] : open.filter { layout.queues[$0].isLoose }
    var groups: [Group] = loose.isEmpty ? [] : [(loose, .count)]
    for c in open where !loose.contains(c) {
      let queue = layout.queues[c]
      let isBoth = spent && queue.hasShare && !(sets && !queue.ordered)
      groups.append(([c], sets && !queue.ordered ? .set : isBoth ? .countAndSpent : .count))
    }
    for c in open where spent && layout.queues[c].hasShare {
      if !groups.contains(where: { $0.channels == [c] && $0.kind == .countAndSpent }) {
        groups.append(([c], .spent))
      }
    }
    return groups
  }

  /// A set of inserts is exact at once, prices take some ten tables; so sets may be a few times
  /// larger.
  private static func setsAreCheap(_ layout: FeedLayout) -> Bool {
    let numbers = ProgressStates.size(
      layout, groups: groups(layout, sets: true, spent: false))
    let moves = layout.queues.reduce(1) { $0 + ($1.ordered ? 1 : $1.items.count) }
    guard numbers < 4096 else { return false }
    var spacing = SpacingStates(gaps: layout.queues.map(\.gap))
    return spacing.enumerate(most: 40_000 / numbers / moves)
  }

  /// Drops what tells only what is spent; else the last two digits become one count.
  private static func merge(_ groups: inout [Group]) {
    let last = groups.removeLast()
    if last.kind == .spent { return }
    groups[groups.count - 1] = (groups[groups.count - 1].channels + last.channels, .count)
  }
}
