/// A way to go on with an insert, for all states of progress at once.
struct FeedMove: Sendable {
  let channel: Int
  /// Position in the queue; nil where the digit decides it, or where it is the best of several.
  let position: Int?
  /// What the number of progress grows by.
  let step: Int

  /// The digit that tells what is taken, and one of its own that tells what is spent.
  private let digit: Int
  private let spent: Int?

  static func all(_ layout: FeedLayout, _ progress: ProgressStates) -> [FeedMove] {
    layout.queues.indices.flatMap { c -> [FeedMove] in
      guard layout.queues[c].limit > 0 else { return [] }
      let digit = progress.digitOf[c]
      let isSet = progress.digits[digit].kind == .set
      let positions = isSet ? layout.queues[c].items.indices.map(Optional.some) : [nil]
      return positions.map { FeedMove(c, $0, digit, progress) }
    }
  }

  private init(_ channel: Int, _ position: Int?, _ digit: Int, _ progress: ProgressStates) {
    self.channel = channel
    self.position = position
    self.digit = digit
    spent = progress.spentOf[channel].flatMap { $0 == digit ? nil : $0 }
    step =
      progress.step(channel: channel, position: position ?? 0)
      + (spent.map { progress.digits[$0].stride } ?? 0)
  }

  /// gains[p]: what the move adds at a slot in state p, -infinity where it may not be made.
  func fill(
    _ gains: inout [Double], _ slot: Int, _ layout: FeedLayout, _ progress: ProgressStates,
    _ prices: FeedPrices
  ) {
    let best = progress.isExact[channel] ? nil : best(slot, layout, prices)
    let byDigit = (0..<progress.digits[digit].size).map { value in
      gain(slot, value, layout, progress, prices, best: best)?.gain ?? -.infinity
    }
    let values = progress.values[digit]
    for p in gains.indices { gains[p] = byDigit[Int(values[p])] }
    guard let spent else { return }
    let spentValues = progress.values[spent]
    for p in gains.indices where progress.isSpent(spent, Int(spentValues[p])) {
      gains[p] = -.infinity
    }
  }

  /// What the move adds in a state of progress, and the position in the queue that it takes.
  func gain(
    _ slot: Int, in number: Int, _ layout: FeedLayout, _ progress: ProgressStates,
    _ prices: FeedPrices
  ) -> (gain: Double, position: Int)? {
    if let spent, progress.isSpent(spent, Int(progress.values[spent][number])) { return nil }
    let best = progress.isExact[channel] ? nil : best(slot, layout, prices)
    let value = Int(progress.values[digit][number])
    return gain(slot, value, layout, progress, prices, best: best)
  }

  /// - Parameter best: the best of a queue whose digit does not tell which are taken.
  private func gain(
    _ slot: Int, _ value: Int, _ layout: FeedLayout, _ progress: ProgressStates,
    _ prices: FeedPrices, best: (gain: Double, position: Int)?
  ) -> (gain: Double, position: Int)? {
    let kind = progress.digits[digit].kind
    let count = progress.taken(digit, value)
    if let position {
      guard value & 1 << position == 0, count < layout.queues[channel].limit else { return nil }
      return (worth(position, slot, layout, prices), position)
    }
    if kind == .countAndSpent ? progress.isSpent(digit, value) : isFull(value, progress) {
      return nil
    }
    return best ?? (worth(count, slot, layout, prices), count)
  }

  private func isFull(_ value: Int, _ progress: ProgressStates) -> Bool {
    value == progress.digits[digit].size - 1
  }

  /// The best of the queue, whatever has been taken; of a queue in order, only as many can be
  /// reached as may be taken.
  private func best(
    _ slot: Int, _ layout: FeedLayout, _ prices: FeedPrices
  ) -> (gain: Double, position: Int) {
    let queue = layout.queues[channel]
    var best = (gain: -Double.infinity, position: 0)
    for position in 0..<(queue.ordered ? queue.limit : queue.items.count) {
      let gain = worth(position, slot, layout, prices)
      if gain > best.gain { best = (gain, position) }
    }
    return best
  }

  private func worth(
    _ position: Int, _ slot: Int, _ layout: FeedLayout, _ prices: FeedPrices
  ) -> Double {
    layout.queues[channel].values[position * layout.slots + slot]
      - prices.price(layout, channel: channel, position: position, slot: slot)
  }
}
