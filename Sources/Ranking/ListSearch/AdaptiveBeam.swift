/// A beam that stops as soon as more steps would not change what is shown (Gong et al. 2022, arXiv
/// 2208.09577).
///
/// Each step continues `width` partial lists with every item they lack and keeps the best `width`. The
/// search ends after `length` steps, or earlier, but not before `decided` items are placed:
/// - when all lists of the beam begin with the same `decided` items, since the list that is shown can
///   then no longer change;
/// - when the rewards of the beam differ by no more than a share `1 - stability` of the largest. Lists
///   of the same items in other orders do not count for that: they are alike whatever is decided first.
///
/// `max - min <= (1 - stability) |max|` is the article's `min / max >= stability` where rewards are
/// positive, and is also defined where they are not.
package struct AdaptiveBeam: Sendable, Equatable {
  package var width: Int
  /// Items of which the order has to be known, from the top.
  package var decided: Int
  /// 1 for a beam that never stops because its rewards are alike.
  package var stability: Double
  /// Most steps.
  package var steps: Int

  package init(width: Int, decided: Int, stability: Double = 1, steps: Int = .max) {
    precondition(width > 0, "a beam of width \(width) holds no list")
    self.width = width
    self.decided = decided
    self.stability = stability
    self.steps = steps
  }

  /// A partial list, what it is worth, and what its further steps depend on.
  package struct Entry<State: Sendable>: Sendable {
    package var items: [Int]
    package var score: Double
    package var state: State
  }

  /// What a search found, and what it took.
  package struct Outcome: Sendable, Equatable {
    /// The best list, of the wanted length. What stands behind `searched` items is in the order of what
    /// each would have added in the last step.
    package var items: [Int]
    /// Of the first `searched` items.
    package var score: Double
    /// Items that were placed step by step.
    package var searched: Int
    /// Continuations that were looked at.
    package var continuations: Int
  }

  /// - Parameters:
  ///   - start: the state of an empty list.
  ///   - expand: for each entry, what each item adds that it may be continued with.
  ///   - advance: the state of an entry, given by its place, after an item is added to it.
  ///   - isOver: asked before each step but the first; once true, the list is left as long as it is.
  package func search<State>(
    length: Int, start: State,
    expand: (_ beam: [Entry<State>]) -> [[(item: Int, gain: Double)]],
    advance: (_ place: Int, _ entry: Entry<State>, _ item: Int) -> State,
    isOver: () -> Bool = { false }
  ) -> Outcome {
    var beam = [Entry(items: [], score: 0, state: start)]
    var continuations = 0
    for step in 0..<length {
      if step > 0, isOver() {
        return Outcome(
          items: beam[0].items, score: beam[0].score, searched: step, continuations: continuations)
      }
      let gains = expand(beam)
      continuations += gains.reduce(0) { $0 + $1.count }
      let best = best(beam, gains)
      guard let first = best.first else {
        return Outcome(
          items: beam[0].items, score: beam[0].score, searched: step, continuations: continuations)
      }
      let left = gains[first.place]
      beam = best.map { choice in
        let entry = beam[choice.place]
        return Entry(
          items: entry.items + [choice.item], score: choice.score,
          state: advance(choice.place, entry, choice.item))
      }
      if step + 1 == length || isDecided(beam, after: step + 1) {
        return Outcome(
          items: filled(beam[0].items, to: length, from: left), score: beam[0].score,
          searched: step + 1, continuations: continuations)
      }
    }
    return Outcome(items: [], score: 0, searched: 0, continuations: 0)
  }

  /// The best continuations, the best first; of equal ones that of the earlier entry and the lower item.
  private func best<State>(
    _ beam: [Entry<State>], _ gains: [[(item: Int, gain: Double)]]
  ) -> [(place: Int, item: Int, score: Double)] {
    var kept: [(place: Int, item: Int, score: Double)] = []
    for (place, entry) in beam.enumerated() {
      for (item, gain) in gains[place] {
        let score = gain.isNaN ? -.infinity : entry.score + gain
        if kept.count == width, let last = kept.last, score <= last.score { continue }
        let at = kept.firstIndex { $0.score < score } ?? kept.count
        kept.insert((place, item, score), at: at)
        if kept.count > width { kept.removeLast() }
      }
    }
    return kept
  }

  private func isDecided<State>(_ beam: [Entry<State>], after step: Int) -> Bool {
    guard step >= decided else { return false }
    if step >= steps { return true }
    let head = beam[0].items.prefix(decided)
    if beam.allSatisfy({ $0.items.prefix(decided) == head }) { return true }
    guard stability < 1 else { return false }
    let set = Set(beam[0].items)
    if beam.allSatisfy({ Set($0.items) == set }) { return false }
    let scores = beam.map(\.score)
    let (low, high) = (scores.min() ?? 0, scores.max() ?? 0)
    return high - low <= (1 - stability) * abs(high)
  }

  /// The list filled up with the items that would have added most.
  private func filled(
    _ items: [Int], to length: Int, from left: [(item: Int, gain: Double)]
  ) -> [Int] {
    guard items.count < length else { return items }
    let placed = Set(items)
    let rest = left.filter { !placed.contains($0.item) }
      .sorted { $0.gain != $1.gain ? $0.gain > $1.gain : $0.item < $1.item }
    return items + rest.prefix(length - items.count).map(\.item)
  }
}
