/// The rule of LinkedIn's feed (Yan et al., "Ads allocation in feed via constrained optimization", KDD
/// 2020): from the top down, the head of a channel stands in a slot iff
///
///     value of the insert - value of the organic item that it displaces there > threshold
///
/// as far as first slot, gap, counts and share allow. Of several channels the one with the largest
/// difference comes. The values contain what their shadow bids contain: r + alpha u for an insert,
/// alpha u for an organic item. It looks at one slot only: what else moves down, and what an insert
/// lower down would earn, does not count.
struct ThresholdRule {
  let threshold: Double

  func plan(_ layout: FeedLayout) -> FeedPlan? {
    GreedyFeed.plan(layout) { _, organic, options in
      let best = options.max { $0.value < $1.value }
      guard let best, let organic, best.value - organic > threshold else { return nil }
      return best
    }
  }
}
