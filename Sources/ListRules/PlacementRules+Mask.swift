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
  public func exclude(after list: [Int], from mask: inout [Bool], base: Int) {
    guard !isEmpty, list.count < length, pinned[list.count] < 0 else { return }
    let breaks = breaks(after: list)
    guard breaks.indices.contains(where: { breaks[$0] == 0 && !mask[base + $0] }) else { return }
    for candidate in breaks.indices where breaks[candidate] > 0 { mask[base + candidate] = true }
  }

  /// How many rules each candidate would break if it came next, an open slot: `[candidates]`.
  package func breaks(after list: [Int]) -> [Int] {
    var breaks = [Int](repeating: 0, count: candidates)
    var line = list
    line.append(contentsOf: pinned[list.count...])
    let waiting = requiredOpen.filter { !list.contains($0) }
    for cap in caps { count(cap, after: list.count, line: line, waiting: waiting, into: &breaks) }
    countDemands(after: list.count, line: line, waiting: waiting, into: &breaks)
    return breaks
  }

  private func count(
    _ cap: Cap, after slot: Int, line: [Int], waiting: [Int], into breaks: inout [Int]
  ) {
    let peaks = cap.peaks(around: slot, of: line, waiting: waiting)
    let isWhole = cap.window == length
    for candidate in breaks.indices {
      let group = cap.groups[candidate]
      guard group >= 0 else { continue }
      // A required item is among those that wait, so it is counted already.
      let own = isWhole && isRequiredOpen[candidate] ? 1 : 0
      if peaks[group] - own >= cap.most { breaks[candidate] += 1 }
    }
  }
}
