/// What stands in a slot.
package enum FeedChoice: Sendable, Hashable {
  /// An organic item, by its index in upstream order.
  case organic(Int)
  /// An insert, by its channel and its index in the channel's queue.
  case insert(channel: Int, index: Int)

  /// The channel of an insert; nil for an organic item.
  package var channel: Int? {
    if case .insert(let channel, _) = self { channel } else { nil }
  }
}

/// A choice for every slot.
package struct FeedPlan: Sendable, Equatable {
  /// From the top slot down.
  package var choices: [FeedChoice]
  /// V of the plan, see `FeedProblem`.
  package var value: Double
  /// No plan of the problem is worth more than this. Equal to `value` where the method proves its
  /// plan; infinite where a method proves nothing (beam, rules).
  package var bound: Double

  package init(choices: [FeedChoice], value: Double, bound: Double = .infinity) {
    self.choices = choices
    self.value = value
    self.bound = bound
  }

  /// Whether no other plan can be better.
  package var isProven: Bool { bound <= value }
}
