package import ListRules

/// What a list must hold whatever the policy would like: guarantees, kept by masking.
package struct DecodingConstraints: Sendable, Equatable {
  /// Slot (from 0) to candidate.
  package var pins: [Int: Int]
  /// Candidates that must not be placed.
  package var bans: Set<Int>
  /// What else a list must hold, kept by masks as far as they can.
  package var rules: PlacementRules?
  /// What is asked of the channels of a mixed feed beside or in place of what its policy is configured for,
  /// by the channel's name; other families have no channels.
  package var channels: [String: ChannelBounds]

  package init(
    pins: [Int: Int] = [:], bans: Set<Int> = [], rules: PlacementRules? = nil,
    channels: [String: ChannelBounds] = [:]
  ) {
    self.pins = pins
    self.bans = bans
    self.rules = rules
    self.channels = channels
  }

  package static let none = DecodingConstraints()

  /// Whether a list of `length` can be written from `candidates` candidates: as many are left, and
  /// pins name distinct ones of them, none banned, in slots of the list.
  package func allow(length: Int, candidates: Int) -> Bool {
    length <= candidates - bans.count
      && pins.allSatisfy {
        (0..<length).contains($0.key) && (0..<candidates).contains($0.value)
      }
      && Set(pins.values).count == pins.count
      && bans.isDisjoint(with: pins.values)
      && bans.allSatisfy { (0..<candidates).contains($0) }
  }

  /// Masks what must not stand in the next slot: all but the candidate that is pinned to it, or else
  /// what is placed, banned, pinned to another slot, or would break a rule.
  ///
  /// - Parameters:
  ///   - list: the slots filled so far.
  ///   - entries: where the request's candidates lie in `mask`, which is false there.
  package func exclude(after list: [Int], from mask: inout [Bool], entries: Range<Int>) {
    let first = entries.lowerBound
    if let pinned = pins[list.count] {
      for i in entries { mask[i] = i != first + pinned }
      return
    }
    for item in list { mask[first + item] = true }
    for item in bans { mask[first + item] = true }
    // A pinned item waits for its own slot.
    for item in pins.values { mask[first + item] = true }
    rules?.exclude(after: list, from: &mask, base: first)
  }
}
