/// A rule that a list breaks.
package enum FeedViolation: Sendable, Equatable {
  /// The list has another number of slots.
  case length(expected: Int, got: Int)
  /// There is no such item.
  case unknown(slot: Int)
  /// The item stands further up, too.
  case duplicate(slot: Int)
  /// Something else is fixed here.
  case fixed(slot: Int)
  /// An organic item that is not the next of its order, or an insert that is not its queue's head.
  case order(slot: Int)
  /// Nearer to the insert of the same channel above than its gap.
  case spacing(channel: Int, slot: Int)
  /// Above the first slot of its channel.
  case first(channel: Int, slot: Int)
  /// Fewer than the minimum or more than the maximum.
  case count(channel: Int, got: Int)
  /// The channel's slots weigh more than its share allows.
  case share(channel: Int, got: Double)
}
