extension PlacementRules {
  /// More than any number of rules: a required item goes before all of them.
  static let requiredWeight = 1 << 20

  /// Masks each candidate whose placement next would break a rule, sooner or later: also against
  /// the items pinned further down, and where the open slots are just enough for the items that
  /// must still come. Costs O(candidates * rules); nothing where there are no rules.
  ///
  /// A mask is never lifted. Where all that is free would have to be masked, nothing is: the list
  /// is finished all the same, and `violations` says what it breaks. Rules that bind together only
  /// a few slots later are not foreseen; `repaired` finds the way around them.
  ///
  /// - Parameters:
  ///   - list: the slots filled so far.
  ///   - mask: at `base + i` true where candidate i must not come next; already true for what is
  ///     placed, banned or pinned to another slot.
  package func exclude(after list: [Int], from mask: inout [Bool], base: Int) {
    guard !isEmpty, list.count < length, pinned[list.count] < 0 else { return }
    let breaks = breaks(after: list)
    guard breaks.indices.contains(where: { breaks[$0] == 0 && !mask[base + $0] }) else { return }
    for candidate in breaks.indices where breaks[candidate] > 0 { mask[base + candidate] = true }
  }

  /// How many rules each candidate would break if it came next, an open slot: `[candidates]`, or
  /// nothing where none would break any.
  package func breaks(after list: [Int]) -> [Int] {
    var breaks: [Int] = []
    let line = Line(list: list, pinned: pinned)
    let waiting = requiredOpen.isEmpty ? [] : requiredOpen.filter { !list.contains($0) }
    for index in caps.indices {
      count(caps[index], after: list.count, line: line, waiting: waiting, into: &breaks)
    }
    countDemands(after: list.count, line: line, waiting: waiting, into: &breaks)
    return breaks
  }

  private func count(
    _ cap: Cap, after slot: Int, line: Line, waiting: [Int], into breaks: inout [Int]
  ) {
    guard let peaks = cap.peaks(around: slot, of: line, waiting: waiting) else { return }
    makeReady(&breaks)
    let isWhole = cap.window == length
    for candidate in breaks.indices {
      let group = cap.groups[candidate]
      guard group >= 0, peaks[group] >= cap.most else { continue }
      // A required item is among those that wait, so it is counted already.
      if isWhole && isRequiredOpen[candidate] && peaks[group] == cap.most { continue }
      breaks[candidate] += 1
    }
  }

  func makeReady(_ breaks: inout [Int]) {
    if breaks.isEmpty { breaks = [Int](repeating: 0, count: candidates) }
  }
}
