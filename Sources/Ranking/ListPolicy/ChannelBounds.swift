/// What a request, or the service for it, asks of one channel of a mixed feed; nil leaves what the policy is
/// configured for.
package struct ChannelBounds: Sendable, Hashable {
  /// At most one insert of the channel in so many successive places.
  package var gap: Int?
  /// First place, from 1, that an insert may stand in.
  package var first: Int?
  /// Fewest and most inserts of the channel.
  package var minimum: Int?
  package var maximum: Int?
  /// Most that the channel may have of the views of all places.
  package var share: Double?
  /// What an insert costs, in units of the reward, for each view that it takes; below 0 it is favoured. A
  /// service moves it to hold a share over its traffic.
  package var price: Double?

  package init(
    gap: Int? = nil, first: Int? = nil, minimum: Int? = nil, maximum: Int? = nil,
    share: Double? = nil, price: Double? = nil
  ) {
    self.gap = gap
    self.first = first
    self.minimum = minimum
    self.maximum = maximum
    self.share = share
    self.price = price
  }
}
