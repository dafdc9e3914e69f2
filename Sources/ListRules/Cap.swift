/// At most `most` items of one group in any `window` successive places.
struct Cap: Sendable, Equatable {
  /// Index among the rules.
  let rule: Int
  /// Group of each candidate, in 0..<groupCount; -1 where the rule does not count it.
  let groups: [Int]
  let groupCount: Int
  let most: Int
  /// Places, at least 1 and at most the length of the list.
  let window: Int

  init?(_ rule: ListRule, index: Int, column: [Float], length: Int) {
    guard let most = rule.most(in: length) else { return nil }
    self.rule = index
    self.most = most
    groups = column.map { rule.group == nil ? ($0 > 0 ? 0 : -1) : Int($0) }
    groupCount = (groups.max() ?? -1) + 1
    window = max(min(rule.window ?? length, length), 1)
  }

  /// The most items of each group in a window that contains slot `t`, which is still open; placing
  /// one more there breaks the rule where this is `most` already.
  ///
  /// - Parameters:
  ///   - line: the candidate of each slot as far as known, -1 for an open one.
  ///   - waiting: candidates that will come in a slot not known yet; they count where the window is
  ///     the whole list.
  func peaks(around t: Int, of line: [Int], waiting: [Int]) -> [Int] {
    var counts = [Int](repeating: 0, count: groupCount)
    func count(_ candidate: Int, _ change: Int) -> Int {
      guard candidate >= 0, groups[candidate] >= 0 else { return -1 }
      counts[groups[candidate]] += change
      return groups[candidate]
    }
    let first = max(t - window + 1, 0)
    for slot in first..<first + window { _ = count(line[slot], 1) }
    guard window < line.count else {
      for candidate in waiting { _ = count(candidate, 1) }
      return counts
    }
    var peaks = counts
    // The window slides until it begins at t; only what enters can reach a new peak.
    var start = first
    while start < min(t, line.count - window) {
      _ = count(line[start], -1)
      let entered = count(line[start + window], 1)
      if entered >= 0 { peaks[entered] = max(peaks[entered], counts[entered]) }
      start += 1
    }
    return peaks
  }

  /// The first slot where a window that ends there holds too many items of one group: that slot, the
  /// window's first slot and how many items of the group it holds.
  func firstBreak(in list: [Int]) -> (slot: Int, start: Int, count: Int)? {
    var counts = [Int](repeating: 0, count: groupCount)
    for (slot, candidate) in list.enumerated() {
      if slot >= window, groups[list[slot - window]] >= 0 {
        counts[groups[list[slot - window]]] -= 1
      }
      let group = groups[candidate]
      guard group >= 0 else { continue }
      counts[group] += 1
      if counts[group] > most { return (slot, max(slot - window + 1, 0), counts[group]) }
    }
    return nil
  }
}
