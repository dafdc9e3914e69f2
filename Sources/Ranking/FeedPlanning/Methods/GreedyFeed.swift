/// A list from the top down that never looks back: what fixed slots and the threshold rule share.
struct GreedyFeed {
  /// An insert that may stand in a slot.
  struct Option {
    let channel: Int
    let position: Int
    let value: Double
    /// Whether the channel's minimum can only be met if it comes now.
    let isDue: Bool
  }

  private let layout: FeedLayout
  private var choices: [FeedChoice] = []
  private var taken: [Set<Int>]
  private var last: [Int?]
  private var weights: [Double]

  /// - Parameter choose: the insert that stands in a slot, nil for the organic item, whose value
  ///   there is given; nil where organic items have run out.
  /// - Returns: nil where some rule does not hold in the end.
  static func plan(
    _ layout: FeedLayout, choose: (_ slot: Int, _ organic: Double?, [Option]) -> Option?
  ) -> FeedPlan? {
    var feed = GreedyFeed(layout)
    for slot in 0..<layout.slots {
      guard feed.fill(slot, choose) else { return nil }
    }
    guard layout.problem.violations(of: feed.choices).isEmpty else { return nil }
    return FeedPlan(choices: feed.choices, value: layout.problem.value(of: feed.choices))
  }

  private init(_ layout: FeedLayout) {
    self.layout = layout
    taken = layout.queues.map { _ in [] }
    last = layout.queues.map { _ in nil }
    weights = layout.queues.map { _ in 0 }
  }

  private mutating func fill(
    _ slot: Int, _ choose: (Int, Double?, [Option]) -> Option?
  ) -> Bool {
    if let choice = layout.fixed[slot] {
      choices.append(choice)
      if let channel = choice.channel { last[channel] = slot }
      return true
    }
    let inserts = taken.reduce(0) { $0 + $1.count }
    let organic = layout.organicValue(at: slot, after: inserts)
    let options = layout.queues.indices.compactMap { option(slot, $0) }
    var chosen = options.first(where: \.isDue) ?? choose(slot, organic, options)
    if chosen == nil, organic == nil { chosen = options.max { $0.value < $1.value } }
    guard let chosen else {
      guard organic != nil else { return false }
      choices.append(.organic(layout.organic[layout.freeAbove[slot] - inserts]))
      return true
    }
    let c = chosen.channel
    choices.append(.insert(channel: c, index: layout.queues[c].items[chosen.position]))
    taken[c].insert(chosen.position)
    last[c] = slot
    weights[c] += layout.weights[slot]
    return true
  }

  /// The insert of a channel that may stand in a slot: the queue's head, or the best one there.
  private func option(_ slot: Int, _ c: Int) -> Option? {
    let queue = layout.queues[c]
    guard slot >= queue.first, taken[c].count < queue.limit,
      slot - (last[c] ?? -queue.gap) >= queue.gap,
      weights[c] + layout.weights[slot] <= queue.capacity,
      !(slot..<min(slot + queue.gap, layout.slots)).contains(where: {
        layout.fixed[$0]?.channel == c
      })
    else { return nil }
    func value(_ position: Int) -> Double { queue.values[position * layout.slots + slot] }
    let left = queue.items.indices.filter { !taken[c].contains($0) }
    let position =
      queue.ordered ? left.first : left.max { value($0) < value($1) }
    guard let position else { return nil }
    let later = (max(slot + 1, queue.first)..<max(slot + 1, layout.slots)).count
    let possible = (later + queue.gap - 1) / queue.gap
    return Option(
      channel: c, position: position, value: value(position),
      isDue: queue.need - taken[c].count > possible)
  }
}
