/// Partial plans, each a label: what stands above a slot, its value, and the state that decides what
/// may follow. They are kept in flat arrays and never removed.
struct LabelSpace {
  let layout: FeedLayout
  /// The table that bounds what follows; nil for a search without foresight.
  let bound: ValueToGo?
  var labels: [Label] = []
  /// Weight that each label's plan takes of the shares, `[label * shares.count + share]`.
  var consumed: [Double] = []
  /// Taken inserts of channels whose digit does not tell them, as bits, `[label * words + word]`.
  var taken: [UInt64] = []
  /// Channels with a share that can bind.
  let shares: [Int]
  /// Words of `taken` per label.
  let words: Int
  /// What can only reach less is not kept: as many plans as are asked for are known to be worth this.
  var floor = -Double.infinity

  let progress: ProgressStates
  var spacing: SpacingStates
  /// The table's state of spacing for each of ours; empty where they are the same.
  var coarse: [Int] = []
  /// Whether the table has looser gaps than the problem.
  let isCoarse: Bool
  let firstBit: [Int]
  /// Whether the table tells what is spent of shares.
  let knowsSpent: Bool
  let offset: Double

  init(_ layout: FeedLayout, bound: ValueToGo?) {
    self.layout = layout
    self.bound = bound
    shares = layout.queues.indices.filter { layout.queues[$0].hasShare }
    progress = bound?.progress ?? ProgressStates(layout, groups: [])
    let gaps = layout.queues.map(\.gap)
    isCoarse = bound.map { $0.spacing.gaps != gaps } ?? true
    spacing = isCoarse ? SpacingStates(gaps: gaps) : bound?.spacing ?? SpacingStates(gaps: gaps)
    var bits = 0
    firstBit = layout.queues.indices.map { [progress] c in
      defer { bits += progress.isExact[c] ? 0 : layout.queues[c].items.count }
      return bits
    }
    words = (bits + 63) / 64
    knowsSpent = progress.spentOf.contains { $0 != nil }
    offset = bound?.prices.offset(layout) ?? 0
  }

  /// The label of the empty plan; nil where the table knows that no plan can be.
  mutating func start() -> Int? {
    let bound = offset + (self.bound?(0, 0, 0) ?? 0)
    guard bound > -.infinity else { return nil }
    if isCoarse { coarse = [0] }
    labels.append(Label(bound: bound))
    consumed += shares.map { _ in 0 }
    taken += Array(repeating: 0, count: words)
    return labels.count - 1
  }

  /// Appends the label of every way to go on from a label, and their numbers to `children`.
  mutating func expand(_ parent: Int, into children: inout [Int]) {
    let label = labels[parent]
    let slot = Int(label.slot)
    if let choice = layout.fixed[slot] {
      let value = layout.problem.value(of: choice, at: slot)
      extend(parent, Step(channel: choice.channel, value: value, price: 0), into: &children)
      return
    }
    let inserts = Int(label.inserts)
    if let value = layout.organicValue(at: slot, after: inserts) {
      extend(parent, Step(channel: nil, value: value, price: 0), into: &children)
    }
    for c in layout.queues.indices where slot >= layout.queues[c].first {
      let queue = layout.queues[c]
      guard queue.limit > 0, spacing.next(Int(label.spacing), channel: c) != nil else { continue }
      if queue.ordered {
        let position = takenCount(parent, c)
        if position < queue.limit { insert(parent, c, position, into: &children) }
      } else if takenCount(parent, c) < queue.limit {
        for position in queue.items.indices where !isTaken(parent, c, position) {
          insert(parent, c, position, into: &children)
        }
      }
    }
  }

  /// Whether a finished label holds the minima.
  func isComplete(_ label: Int) -> Bool {
    layout.queues.indices.allSatisfy { takenCount(label, $0) >= layout.queues[$0].need }
  }

  /// The plan of a finished label.
  func plan(_ label: Int, isProven: Bool) -> FeedPlan {
    let choices = choices(label)
    let value = layout.problem.value(of: choices)
    return FeedPlan(choices: choices, value: value, bound: isProven ? value : .infinity)
  }

  private func choices(_ label: Int) -> [FeedChoice] {
    var choices: [FeedChoice] = []
    var at = label
    while labels[at].slot > 0 {
      let here = labels[at]
      at = Int(here.parent)
      let slot = Int(labels[at].slot)
      if let fixed = layout.fixed[slot] {
        choices.append(fixed)
      } else if here.channel < 0 {
        choices.append(.organic(layout.organic[layout.freeAbove[slot] - Int(here.inserts)]))
      } else {
        let c = Int(here.channel)
        choices.append(
          .insert(channel: c, index: layout.queues[c].items[Int(here.position)]))
      }
    }
    return choices.reversed()
  }

  func takenCount(_ label: Int, _ c: Int) -> Int {
    if progress.isExact[c] {
      guard layout.queues[c].limit > 0 else { return 0 }
      let digit = progress.digitOf[c]
      return progress.taken(
        digit, Int(progress.values[digit][Int(labels[label].progress)]))
    }
    return layout.queues[c].items.indices.count { isTaken(label, c, $0) }
  }

  private func isTaken(_ label: Int, _ c: Int, _ position: Int) -> Bool {
    if progress.isExact[c] {
      let value = progress.values[progress.digitOf[c]][Int(labels[label].progress)]
      return value & 1 << position != 0
    }
    let bit = firstBit[c] + position
    return taken[label * words + bit / 64] & 1 << UInt64(bit % 64) != 0
  }

  private mutating func insert(
    _ parent: Int, _ c: Int, _ position: Int, into children: inout [Int]
  ) {
    let slot = Int(labels[parent].slot)
    let value = layout.queues[c].values[position * layout.slots + slot]
    let price =
      bound?.prices.price(layout, channel: c, position: position, slot: slot) ?? 0
    extend(
      parent, Step(channel: c, position: position, value: value, price: price), into: &children)
  }
}
