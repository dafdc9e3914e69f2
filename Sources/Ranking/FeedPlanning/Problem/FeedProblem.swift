/// A mixed feed to plan: organic items in their upstream order, and inserts of some channels (ads,
/// videos, cards) that may stand between them.
///
/// A plan says for each of `slots` slots what stands there. Its value is the sum of the values at
/// the slots where things stand:
///
///     V(plan) = sum_t  organic[j][t]  or  channels[c].inserts[i][t]
///
/// Organic items keep their order, so the organic item at slot t is the one of index
/// t - (inserts above t): every insert moves those below it down by one slot, and V counts what that
/// costs. Slots count from 0.
package struct FeedProblem: Sendable, Equatable {
  /// n, the slots of the list.
  package var slots: Int
  /// `[item in upstream order][slot]`: the value of an organic item when it stands in a slot.
  package var organic: [[Double]]
  package var channels: [FeedChannel]
  /// p_t: the chance that slot t is seen, the weight of a slot in a share of exposure.
  package var viewChances: [Double]
  /// What must stand in a slot. A fixed insert or organic item leaves its queue: the others keep
  /// their order without it. It counts for spacing, counts and share; only the first slot of its
  /// channel does not bind it.
  package var fixed: [Int: FeedChoice]

  package init(
    slots: Int, organic: [[Double]], channels: [FeedChannel], viewChances: [Double],
    fixed: [Int: FeedChoice] = [:]
  ) {
    self.slots = slots
    self.organic = organic
    self.channels = channels
    self.viewChances = viewChances
    self.fixed = fixed
  }
}
