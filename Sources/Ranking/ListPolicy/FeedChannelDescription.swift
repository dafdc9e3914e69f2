/// A channel of a mixed feed, as callers of a policy know it.
package struct FeedChannelDescription: Sendable, Equatable {
  package let name: String
  /// Feature that flags a candidate of the channel.
  package let flag: String
  /// What holds where a request asks for nothing else; nil for no limit.
  package let bounds: ChannelBounds
  /// How often a place is seen, relative to the place above it.
  package let viewDecay: Double

  package init(name: String, flag: String, bounds: ChannelBounds, viewDecay: Double) {
    self.name = name
    self.flag = flag
    self.bounds = bounds
    self.viewDecay = viewDecay
  }
}
