/// How someone orders a session's items, and which half of them it would choose.
package struct ItemOrder: Sendable, Equatable {
  /// All items from the top down.
  package let order: [Int]
  /// Half of the items, rounded up.
  package let chosen: [Int]

  package init(order: [Int], chosen: [Int]) {
    self.order = order
    self.chosen = chosen
  }

  /// An order whose upper half is the choice.
  package init(_ order: [Int]) {
    self.init(order: order, chosen: Array(order.prefix((order.count + 1) / 2)))
  }

  /// Items by a number each, highest first; ties stay in the items' own order, which is random.
  package init(scores: [Double]) {
    self.init(
      scores.indices.sorted {
        scores[$0] > scores[$1] || scores[$0] == scores[$1] && $0 < $1
      })
  }
}
