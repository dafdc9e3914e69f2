/// How much of a problem's rules a plan has to obey, the strictest first.
package enum FeedStrictness: Sendable, Equatable, CaseIterable {
  /// All rules.
  case everything
  /// All but the channels' minima.
  case withoutMinima
  /// The order of queues and what is fixed; neither counts nor gaps, first slots and shares.
  case fixedOnly
}

extension FeedProblem {
  /// The problem with only as many rules as said.
  package func relaxed(to strictness: FeedStrictness) -> FeedProblem {
    var relaxed = self
    for c in channels.indices where strictness != .everything {
      relaxed.channels[c].minimum = 0
      guard strictness == .fixedOnly else { continue }
      relaxed.channels[c] = FeedChannel(
        inserts: channels[c].inserts, ordered: channels[c].ordered)
    }
    return relaxed
  }
}
