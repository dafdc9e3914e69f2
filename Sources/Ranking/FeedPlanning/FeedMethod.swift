/// How a plan is made.
package enum FeedMethod: Sendable, Equatable {
  /// Exact: queues in order by counts, free ones by sets where these are few, else by prices.
  case automatic
  /// Exact: free queues by the set of their inserts that have been taken.
  case subsets
  /// Exact: "each insert at most once" of free queues by Lagrange multipliers, then a search.
  case prices
  /// The article's: the best `width` partial plans of each slot by their value so far.
  case beam(width: Int)
  /// Inserts of each channel at constant slots, `[channel][slot]`.
  case fixedSlots([[Int]])
  /// From the top: an insert where it is worth more than the organic item there by a threshold.
  case threshold(Double)
}
