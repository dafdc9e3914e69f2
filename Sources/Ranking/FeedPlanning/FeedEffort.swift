/// How much an exact method may do before it gives what it has.
package struct FeedEffort: Sendable, Equatable {
  /// Most partial plans that a search keeps; about 100 bytes and a microsecond each. Beyond them the
  /// plan is the best one known, and its `bound` says what it may miss.
  package var labels: Int
  /// Labels of a search under shares before a larger table is made, one that knows how many more
  /// inserts each share can afford; five times as many where shares are all that the first one lacks.
  package var quickLabels: Int
  /// Most steps towards the best prices.
  package var steps: Int
  /// Most numbers of a table of values, 8 bytes each; larger problems get a coarser table.
  package var cells: Int

  package init(
    labels: Int = 300_000, quickLabels: Int = 1500, steps: Int = 12, cells: Int = 3_000_000
  ) {
    self.labels = labels
    self.quickLabels = quickLabels
    self.steps = steps
    self.cells = cells
  }
}
