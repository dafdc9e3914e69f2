/// Inserts at constant slots, as feeds without a planner have them: the head of the channel's queue
/// (of a free one the best insert there) where the channel's rules allow one.
struct FixedSlots {
  /// `[channel][slot]`, slots from 0; channels past the end have none.
  let slots: [[Int]]

  func plan(_ layout: FeedLayout) -> FeedPlan? {
    GreedyFeed.plan(layout) { slot, _, options in
      options.first { slots.indices.contains($0.channel) && slots[$0.channel].contains(slot) }
    }
  }
}
