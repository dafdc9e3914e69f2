/// Labels by their state, to find those that are beaten: by a label in the same state with at least
/// the value and at most the consumed weight of every share, everything that goes on is beaten too.
struct LabelMemory {
  private struct Entry {
    let hash: Int
    let label: Int32
    /// The next older entry of the bucket; -1 for none.
    var older: Int32
  }

  /// Newest entry of each bucket; -1 for none.
  private var newest = [Int32](repeating: -1, count: 1 << 10)
  private var entries: [Entry] = []

  /// Remembers a label unless `count` others beat it.
  mutating func keeps(_ label: Int, in space: LabelSpace, count: Int) -> Bool {
    let hash = space.hash(label)
    let bucket = hash & (newest.count - 1)
    var beaten = 0
    var at = Int(newest[bucket])
    while at >= 0 {
      let entry = entries[at]
      if entry.hash == hash, space.beats(Int(entry.label), label) {
        beaten += 1
        if beaten >= count { return false }
      }
      at = Int(entry.older)
    }
    let place = Int32(entries.count)
    entries.append(Entry(hash: hash, label: Int32(label), older: newest[bucket]))
    newest[bucket] = place
    if entries.count > 2 * newest.count { grow() }
    return true
  }

  private mutating func grow() {
    newest = Array(repeating: -1, count: newest.count * 4)
    for place in entries.indices {
      let bucket = entries[place].hash & (newest.count - 1)
      entries[place].older = newest[bucket]
      newest[bucket] = Int32(place)
    }
  }
}

extension LabelSpace {
  /// A number of the state that decides what may follow a label, shares aside.
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

  /// Whether all that may follow label b may also follow label a, and is worth no less there.
  fileprivate func beats(_ a: Int, _ b: Int) -> Bool {
    let first = labels[a]
    let second = labels[b]
    guard first.value >= second.value, first.slot == second.slot,
      first.spacing == second.spacing, first.progress == second.progress
    else { return false }
    for share in shares.indices
    where consumed[a * shares.count + share] > consumed[b * shares.count + share] { return false }
    for word in 0..<words where taken[a * words + word] != taken[b * words + word] { return false }
    return true
  }
}
