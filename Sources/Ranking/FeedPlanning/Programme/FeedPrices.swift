/// Lagrange multipliers of the two kinds of rules that a table of values does not hold itself.
struct FeedPrices: Sendable, Equatable {
  /// `[channel][position in the queue]`: the price of taking an insert, for "each at most once".
  var once: [[Double]]
  /// `[channel]`: the price of a slot's weight, for the channel's share.
  var share: [Double]

  init(_ layout: FeedLayout) {
    once = layout.queues.map { Array(repeating: 0, count: $0.items.count) }
    share = layout.queues.map { _ in 0 }
  }

  /// What the prices add to the value of the relaxed problem: sum of lambda_i, and mu_c times the
  /// capacity of channel c.
  func offset(_ layout: FeedLayout) -> Double {
    var sum = 0.0
    for (c, queue) in layout.queues.enumerated() {
      for price in once[c] { sum += price }
      if share[c] > 0 { sum += share[c] * queue.capacity }
    }
    return sum
  }

  /// The price of an insert at a slot.
  func price(_ layout: FeedLayout, channel: Int, position: Int, slot: Int) -> Double {
    once[channel][position] + share[channel] * layout.weights[slot]
  }
}
