/// The best list of a relaxed problem: what a table's values come from.
struct RelaxedPath {
  /// `[channel][position]`: how often an insert is taken; more than once where "once" is relaxed.
  private(set) var uses: [[Int]]
  /// `[channel]`: the weight of the taken inserts.
  private(set) var weights: [Double]

  init(_ table: ValueToGo) {
    let layout = table.layout
    uses = layout.queues.map { Array(repeating: 0, count: $0.items.count) }
    weights = layout.queues.map { _ in 0 }
    var spacing = 0
    var progress = 0
    for slot in 0..<layout.slots {
      let step = table.best(slot, spacing, progress)
      if let taken = step.taken {
        uses[taken.channel][taken.position] += 1
        weights[taken.channel] += layout.weights[slot]
      }
      spacing = step.spacing
      progress = step.progress
    }
  }
}

extension ValueToGo {
  /// What the best list does in a slot, and the state after it.
  fileprivate func best(
    _ slot: Int, _ state: Int, _ number: Int
  ) -> (taken: (channel: Int, position: Int)?, spacing: Int, progress: Int) {
    let kept = spacing.known(state, channel: layout.fixed[slot]?.channel) ?? 0
    if layout.fixed[slot] != nil { return (nil, kept, number) }
    var best = (taken: (channel: Int, position: Int)?.none, spacing: kept, progress: number)
    var most = -Double.infinity
    if let value = layout.organicValue(at: slot, after: Int(progress.taken[number])) {
      most = value + self(slot + 1, kept, number)
    }
    for move in moves where slot >= layout.queues[move.channel].first {
      guard let next = spacing.known(state, channel: move.channel),
        let (gain, position) = move.gain(slot, in: number, layout, progress, prices)
      else { continue }
      let value = gain + self(slot + 1, next, number + move.step)
      if value > most {
        most = value
        best = ((move.channel, position), next, number + move.step)
      }
    }
    return best
  }
}
