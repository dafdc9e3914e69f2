/// Partial plans, each a label: what stands above a slot, its value, and the state that decides what
/// may follow. They are kept in flat arrays and never removed.
struct LabelSpace {
  let layout: FeedLayout
  /// The table that bounds what follows; nil for a search without foresight.
  let bound: ValueToGo?
  private(set) var labels: [Label] = []
  /// Weight that each label's plan takes of the shares, `[label * shares.count + share]`.
  private(set) var consumed: [Double] = []
  /// Taken inserts of channels whose digit does not tell them, as bits, `[label * words + word]`.
  private(set) var taken: [UInt64] = []
  /// Channels with a share that can bind.
  let shares: [Int]
  /// Words of `taken` per label.
  let words: Int
  /// What can only reach less is not kept: as many plans as are asked for are known to be worth this.
  var floor = -Double.infinity

  private let progress: ProgressStates
  private var spacing: SpacingStates
  /// The table's state of spacing for each of ours; empty where they are the same.
  private var coarse: [Int] = []
  /// Whether the table has looser gaps than the problem.
  private let isCoarse: Bool
  private let firstBit: [Int]
  /// Whether the table tells what is spent of shares.
  private let knowsSpent: Bool
  private let offset: Double

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

  private func takenCount(_ label: Int, _ c: Int) -> Int {
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

extension LabelSpace {
  fileprivate struct Step {
    var channel: Int?
    /// nil for what is fixed.
    var position: Int?
    var value: Double
    var price: Double
  }

  private mutating func extend(_ parent: Int, _ step: Step, into children: inout [Int]) {
    var label = labels[parent]
    let slot = Int(label.slot)
    guard let next = spacing.next(Int(label.spacing), channel: step.channel) else { return }
    if let channel = step.channel, let position = step.position {
      if let share = shares.firstIndex(of: channel) {
        let weight = consumed[parent * shares.count + share] + layout.weights[slot]
        if weight > layout.queues[channel].capacity { return }
      }
      if bound != nil {
        label.progress += Int32(progress.step(channel: channel, position: position))
      }
      label.inserts += 1
      label.channel = Int32(channel)
      label.position = Int32(position)
    } else {
      label.channel = -1
    }
    label.spacing = Int32(next)
    label.slot += 1
    label.value += step.value
    label.reduced += step.value - step.price
    guard let reachable = bounded(label, parent) else { return }
    label.bound = reachable
    label.parent = Int32(parent)
    children.append(labels.count)
    labels.append(label)
    append(from: parent, step, slot)
  }

  /// What a label can reach; nil where it reaches nothing.
  private mutating func bounded(_ label: Label, _ parent: Int) -> Double? {
    guard let bound else { return label.value }
    var state = Int(label.spacing)
    if isCoarse {
      while coarse.count <= state {
        coarse.append(spacing.looser(coarse.count, in: bound.spacing) ?? 0)
      }
      state = coarse[state]
    }
    let number = Int(label.progress) + (knowsSpent ? spent(label, parent) : 0)
    let toGo = bound(Int(label.slot), state, number)
    guard toGo > -.infinity else { return nil }
    // A finished plan has its value; what is left of the prices' offset is no longer to be had.
    let isFinished = Int(label.slot) == layout.slots
    let reachable = isFinished ? label.value : offset + label.reduced + toGo
    // Sums in another order differ in their last bits. A label must not fall behind its own parent
    // by that, or all that tie with it would be followed first.
    let above = labels[parent].bound
    if reachable >= above - layout.resolution { return above }
    return reachable >= floor ? reachable : nil
  }

  /// What the shares' spent digits add to a label's number: what can no longer be afforded is spent.
  private func spent(_ label: Label, _ parent: Int) -> Int {
    var sum = 0
    for (share, c) in shares.enumerated() where progress.spentOf[c] != nil {
      let queue = layout.queues[c]
      let isNew = label.channel == Int32(c)
      let weight =
        consumed[parent * shares.count + share]
        + (isNew ? layout.weights[Int(label.slot) - 1] : 0)
      let count = takenCount(parent, c) + (isNew ? 1 : 0)
      let next = min(layout.slots, Int(label.slot) + spacing.waits[Int(label.spacing)][c])
      let room = queue.affordable(from: next, queue.capacity - weight)
      sum += progress.offset(
        channel: c, count: count, spent: max(count, queue.limit - room))
    }
    return sum
  }

  private mutating func append(from parent: Int, _ step: Step, _ slot: Int) {
    for (share, channel) in shares.enumerated() {
      let more = step.position != nil && step.channel == channel ? layout.weights[slot] : 0
      consumed.append(consumed[parent * shares.count + share] + more)
    }
    for word in 0..<words { taken.append(taken[parent * words + word]) }
    if let channel = step.channel, let position = step.position, !progress.isExact[channel] {
      let bit = firstBit[channel] + position
      taken[taken.count - words + bit / 64] |= 1 << UInt64(bit % 64)
    }
  }
}
