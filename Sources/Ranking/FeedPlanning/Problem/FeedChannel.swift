/// A source of inserts, and what its inserts must hold in a list.
package struct FeedChannel: Sendable, Equatable {
  /// `[insert in queue order][slot]`: the value of an insert at a slot; what the caller charges for
  /// it (a price of exposure, say) is already subtracted.
  package var inserts: [[Double]]
  /// True: the queue keeps its order and none is skipped, so the next one taken is always its head.
  /// False: any insert may go to any slot.
  package var ordered: Bool
  /// At most one of the channel in any `gap` slots in a row; 1 means no spacing.
  package var gap: Int
  /// The first slot, from 0, that may have an insert of the channel.
  package var first: Int
  /// Least inserts of the channel in the list.
  package var minimum: Int
  /// Most inserts of the channel in the list.
  package var maximum: Int
  /// rho: the sum of p_t over the channel's slots is at most rho times the sum over all slots; nil
  /// for no limit.
  package var share: Double?

  package init(
    inserts: [[Double]], ordered: Bool = true, gap: Int = 1, first: Int = 0, minimum: Int = 0,
    maximum: Int = .max, share: Double? = nil
  ) {
    self.inserts = inserts
    self.ordered = ordered
    self.gap = gap
    self.first = first
    self.minimum = minimum
    self.maximum = maximum
    self.share = share
  }
}
