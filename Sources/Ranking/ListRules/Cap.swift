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
  /// one more there breaks the rule where this is `most` already. nil where no group is full.
  ///
  /// - Parameter waiting: candidates that will come in a slot not known yet; they count where the
  ///   window is the whole list.
  func peaks(around t: Int, of line: Line, waiting: [Int]) -> [Int]? {
    var counts = [Int](repeating: 0, count: groupCount)
    var isFull = most == 0
    let first = max(t - window + 1, 0)
    for slot in first..<first + window {
      if let group = group(of: line[slot]) {
        counts[group] += 1
        if counts[group] >= most { isFull = true }
      }
    }
    guard window < line.count else {
      for candidate in waiting {
        if let group = group(of: candidate) {
          counts[group] += 1
          if counts[group] >= most { isFull = true }
        }
      }
      return isFull ? counts : nil
    }
    var peaks = counts
    // The window slides until it begins at t; only what enters can reach a new peak.
    var start = first
    while start < min(t, line.count - window) {
      if let group = group(of: line[start]) { counts[group] -= 1 }
      if let group = group(of: line[start + window]) {
        counts[group] += 1
        peaks[group] = max(peaks[group], counts[group])
        if counts[group] >= most { isFull = true }
      }
      start += 1
    }
    return isFull ? peaks : nil
  }

  private func group(of candidate: Int) -> Int? {
    guard candidate >= 0 else { return nil }
    let group = groups[candidate]
    return group >= 0 ? group : nil
  }

  /// Most items of one group in a whole list.
  func mostOfGroup(in length: Int) -> Int {
    length / window * most + min(length % window, most)
  }

  /// The first slot where a window that ends there holds too many items of one group: that slot, the
  /// window's first slot and how many items of the group it holds.
  ///
  /// - Parameter line: a candidate per slot, -1 for an open one.
  func firstBreak(in line: [Int]) -> (slot: Int, start: Int, count: Int)? {
    var counts = [Int](repeating: 0, count: groupCount)
    for (slot, candidate) in line.enumerated() {
      if slot >= window, let group = group(of: line[slot - window]) { counts[group] -= 1 }
      guard let group = group(of: candidate) else { continue }
      counts[group] += 1
      if counts[group] > most { return (slot, max(slot - window + 1, 0), counts[group]) }
    }
    return nil
  }
}
