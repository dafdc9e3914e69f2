extension FeedProblem {
  /// V of choices from the top slot down: the sum of their values where they stand. The choices must
  /// be items of the problem and no more than its slots.
  package func value(of choices: [FeedChoice]) -> Double {
    choices.enumerated().reduce(0) { $0 + value(of: $1.element, at: $1.offset) }
  }

  /// The value of one item at a slot.
  package func value(of choice: FeedChoice, at slot: Int) -> Double {
    switch choice {
    case .organic(let item): organic[item][slot]
    case .insert(let channel, let index): channels[channel].inserts[index][slot]
    }
  }

  /// What a channel's slots may weigh together: share times the sum of all view chances, and a
  /// billionth for rounding. Infinite without a share.
  package func capacity(ofChannel channel: Int) -> Double {
    guard let share = channels[channel].share else { return .infinity }
    let total = viewChances.reduce(0, +)
    return share * total + 1e-9 * max(1, total)
  }
}
