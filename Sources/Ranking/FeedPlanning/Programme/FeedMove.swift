/// A way to go on with an insert, for all states of progress at once.
struct FeedMove: Sendable {
  let channel: Int
  /// Position in the queue; nil where the digit decides it, or where it is the best of several.
  let position: Int?
  /// What the number of progress grows by.
  let step: Int

  static func all(_ layout: FeedLayout, _ progress: ProgressStates) -> [FeedMove] {
    layout.queues.indices.flatMap { c -> [FeedMove] in
      let queue = layout.queues[c]
      guard queue.limit > 0 else { return [] }
      let digit = progress.digits[progress.digitOf[c]]
      guard digit.isSet else {
        return [FeedMove(channel: c, position: nil, step: digit.stride)]
      }
      return queue.items.indices.map {
        FeedMove(channel: c, position: $0, step: digit.stride << $0)
      }
    }
  }

  /// gains[p]: what the move adds at a slot in state p, -infinity where it may not be made.
  func fill(
    _ gains: inout [Double], _ slot: Int, _ layout: FeedLayout, _ progress: ProgressStates,
    _ prices: FeedPrices
  ) {
    let place = progress.digitOf[channel]
    let size = progress.digits[place].size
    var byDigit: [Double]
    if position == nil, !progress.isExact[channel] {
      // The best of the queue, whatever has been taken.
      let best = gain(slot, digit: 0, layout, progress, prices)?.gain ?? -.infinity
      byDigit = Array(repeating: best, count: size)
      byDigit[size - 1] = -.infinity
    } else {
      byDigit = (0..<size).map { digit in
        gain(slot, digit: digit, layout, progress, prices)?.gain ?? -.infinity
      }
    }
    let digits = progress.values[place]
    for p in gains.indices { gains[p] = byDigit[Int(digits[p])] }
  }

  /// What the move adds, and the position in the queue that it takes.
  func gain(
    _ slot: Int, digit: Int, _ layout: FeedLayout, _ progress: ProgressStates, _ prices: FeedPrices
  ) -> (gain: Double, position: Int)? {
    let queue = layout.queues[channel]
    let place = progress.digits[progress.digitOf[channel]]
    func value(_ position: Int) -> Double {
      queue.values[position * layout.slots + slot]
        - prices.price(layout, channel: channel, position: position, slot: slot)
    }
    if let position {
      guard digit & 1 << position == 0, digit.nonzeroBitCount < queue.limit else { return nil }
      return (value(position), position)
    }
    guard digit < place.size - 1 else { return nil }
    if queue.ordered && place.channels.count == 1 { return (value(digit), digit) }
    var best = (gain: -Double.infinity, position: 0)
    // Of a queue in order, only as many can be reached as may be taken.
    for position in 0..<(queue.ordered ? queue.limit : queue.items.count) {
      let gain = value(position)
      if gain > best.gain { best = (gain, position) }
    }
    return best
  }
}
