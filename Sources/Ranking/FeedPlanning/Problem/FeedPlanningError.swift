/// Why there is no plan.
package enum FeedPlanningError: Error, Equatable, CustomStringConvertible {
  /// The problem is not well formed.
  case faults([FeedFault])
  /// The problem is well formed and no list obeys it.
  case infeasible(FeedInfeasibility)

  package var description: String {
    switch self {
    case .faults(let faults): faults.map(\.description).joined(separator: "\n")
    case .infeasible(let reason): reason.description
    }
  }
}

/// One thing that is wrong with a problem.
package struct FeedFault: Sendable, Equatable, CustomStringConvertible {
  /// Where: `channels.1.inserts.0.3`.
  package var place: String
  package var expected: String
  package var got: String

  package init(_ place: String, expected: String, got: String) {
    self.place = place
    self.expected = expected
    self.got = got
  }

  package var description: String { "\(place): expected \(expected), got \(got)" }
}

/// Why no list obeys a problem, as far as that is cheap to tell. Slots in words count from 1.
package enum FeedInfeasibility: Error, Sendable, Equatable, CustomStringConvertible {
  /// Fewer things than slots, or limits that leave slots empty: organic items end and too few
  /// inserts are allowed.
  case emptySlots(slots: Int, organic: Int, inserts: Int)
  /// So many inserts of a channel are demanded, and at most so many can stand in the list by
  /// themselves (queue, spacing, first slot, maximum).
  case minimum(channel: Int, demanded: Int, possible: Int)
  /// More inserts of a channel are fixed than its maximum.
  case fixedBeyondMaximum(channel: Int, fixed: Int, maximum: Int)
  /// Two fixed inserts of a channel are nearer than its gap.
  case fixedTooClose(channel: Int, slots: [Int], gap: Int)
  /// The fixed inserts of a channel exceed its share by themselves.
  case fixedBeyondShare(channel: Int, weight: Double, capacity: Double)
  /// No single rule is to blame: the rules exclude each other.
  case together
  /// A method without a proof found no list; there may be one.
  case notFound

  package var description: String {
    switch self {
    case .emptySlots(let slots, let organic, let inserts):
      "\(slots) slots cannot be filled: there are \(organic) organic items, and at most \(inserts) "
        + "inserts are allowed; give more items, fewer slots, or looser limits of the channels"
    case .minimum(let channel, let demanded, let possible):
      "the minimum of channel \(channel) cannot be met: \(demanded) demanded, \(possible) possible "
        + "by its queue, gap, first slot and maximum"
    case .fixedBeyondMaximum(let channel, let fixed, let maximum):
      "\(fixed) inserts of channel \(channel) are fixed, its maximum is \(maximum)"
    case .fixedTooClose(let channel, let slots, let gap):
      "fixed inserts of channel \(channel) at positions "
        + slots.map { "\($0 + 1)" }.joined(separator: " and ") + " are nearer than its gap \(gap)"
    case .fixedBeyondShare(let channel, let weight, let capacity):
      "fixed inserts of channel \(channel) take \(weight) of the views, its share allows \(capacity)"
    case .together:
      "no list obeys all rules together; drop minima, or loosen gaps, first slots or shares"
    case .notFound:
      "the method found no list that obeys all rules; the automatic method knows whether there is one"
    }
  }
}
