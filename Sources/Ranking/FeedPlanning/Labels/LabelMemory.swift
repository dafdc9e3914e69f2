/// Labels by their state, to find those that are beaten: by a label in the same state with at least
/// the value and at most the consumed weight of every share, everything that goes on is beaten too.
struct LabelMemory {
  /// Newest label of each bucket, and the next older one of each label; -1 for none.
  private var newest = [Int32](repeating: -1, count: 1 << 10)
  private var older: [Int32] = []
  private var members: [Int32] = []

  /// Remembers a label unless `count` others beat it.
  mutating func keeps(_ label: Int, in space: LabelSpace, count: Int) -> Bool {
    let bucket = space.hash(label) & (newest.count - 1)
    var beaten = 0
    var at = Int(newest[bucket])
    while at >= 0 {
      let other = Int(members[at])
      if space.isAlike(other, label), space.beats(other, label) {
        beaten += 1
        if beaten >= count { return false }
      }
      at = Int(older[at])
    }
    older.append(newest[bucket])
    newest[bucket] = Int32(members.count)
    members.append(Int32(label))
    if members.count > 2 * newest.count { grow(space) }
    return true
  }

  private mutating func grow(_ space: LabelSpace) {
    newest = Array(repeating: -1, count: newest.count * 4)
    for (place, member) in members.enumerated() {
      let bucket = space.hash(Int(member)) & (newest.count - 1)
      older[place] = newest[bucket]
      newest[bucket] = Int32(place)
    }
  }
}

extension LabelSpace {
  fileprivate func hash(_ label: Int) -> Int {
    let state = labels[label]
    var hash = UInt64(truncatingIfNeeded: state.slot) &* 0x9e37_79b9_7f4a_7c15
    func mix(_ word: UInt64) {
      hash = (hash ^ word) &* 0xff51_afd7_ed55_8ccd
      hash ^= hash >> 32
    }
    mix(UInt64(truncatingIfNeeded: state.spacing) << 32 | UInt64(UInt32(state.progress)))
    for word in 0..<words { mix(taken[label * words + word]) }
    return Int(truncatingIfNeeded: hash >> 1)
  }

  /// Whether the same may follow two labels, their shares aside.
  fileprivate func isAlike(_ a: Int, _ b: Int) -> Bool {
    let first = labels[a]
    let second = labels[b]
    guard first.slot == second.slot, first.spacing == second.spacing,
      first.progress == second.progress
    else { return false }
    return (0..<words).allSatisfy { taken[a * words + $0] == taken[b * words + $0] }
  }

  fileprivate func beats(_ a: Int, _ b: Int) -> Bool {
    guard labels[a].value >= labels[b].value else { return false }
    return shares.indices.allSatisfy {
      consumed[a * shares.count + $0] <= consumed[b * shares.count + $0]
    }
  }
}
