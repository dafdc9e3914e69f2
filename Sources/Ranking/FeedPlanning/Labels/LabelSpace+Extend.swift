extension LabelSpace {
  /// What stands in one more slot.
  struct Step {
    var channel: Int?
    /// nil for what is fixed.
    var position: Int?
    var value: Double
    var price: Double
  }

  /// Appends the label of a plan with one more slot, if it can reach something.
  mutating func extend(_ parent: Int, _ step: Step, into children: inout [Int]) {
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
