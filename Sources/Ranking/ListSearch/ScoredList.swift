/// A list of candidate indices, in order, and what the scorer gave it.
package struct ScoredList: Sendable, Equatable {
  package let items: [Int]
  package let score: Double

  package init(items: [Int], score: Double) {
    self.items = items
    self.score = score
  }

  /// Higher scores first; of equal ones the lexicographically smaller list.
  package func precedes(_ other: ScoredList) -> Bool {
    if score != other.score { return score > other.score }
    return items.lexicographicallyPrecedes(other.items)
  }
}
