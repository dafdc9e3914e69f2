/// A place of a list, and the rows of the batch's items that stand around it, from the top down.
package struct ListPlace: Sendable, Equatable {
  /// From 0.
  package var slot: Int
  /// All or the nearest of the items above.
  package var above: [Int32]
  /// The nearest of the items below; empty where they are not known yet.
  package var below: [Int32]

  package init(slot: Int, above: [Int32], below: [Int32] = []) {
    self.slot = slot
    self.above = above
    self.below = below
  }

  /// The place behind all items that were placed.
  package init(behind above: [Int32]) { self.init(slot: above.count, above: above) }
}
