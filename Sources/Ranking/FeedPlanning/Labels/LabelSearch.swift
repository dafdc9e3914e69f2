/// Plans in order of their value: partial plans are followed by the highest bound first, so a
/// finished plan that comes to the front is worth at least what all others can reach.
///
/// Where the table is exact, nothing is followed in vain: a plan costs one label for each choice of
/// its slots. Else this is exact label setting: of partial plans in one state only those are kept
/// that fewer than `count` others beat in value and in all shares.
struct LabelSearch {
  private(set) var space: LabelSpace
  private var queue = LabelQueue()
  private var memory: LabelMemory?
  private let count: Int
  private let most: Int
  private var children: [Int] = []

  /// - Parameters:
  ///   - count: as many plans are asked for.
  ///   - floor: what at least `count` plans are worth.
  ///   - most: labels after which the search gives up.
  init(_ bound: ValueToGo, count: Int, floor: Double = -.infinity, most: Int) {
    space = LabelSpace(bound.layout, bound: bound)
    self.count = count
    self.most = most
    space.floor = floor
    memory = bound.isExact ? nil : LabelMemory()
    if let start = space.start() { queue.add(start, bound: space.labels[start].bound) }
  }

  /// Whether it gave up.
  private(set) var isExhausted = false

  /// No plan that has not been given is worth more; nil where there is none.
  var bound: Double? { queue.first }

  /// The next best plan; nil when there is none, or when the search gave up.
  mutating func next() -> FeedPlan? {
    while let label = queue.next() {
      if Int(space.labels[label].slot) == space.layout.slots {
        guard space.isComplete(label) else { continue }
        return space.plan(label, isProven: true)
      }
      guard space.labels.count < most else {
        queue.add(label, bound: space.labels[label].bound)
        isExhausted = true
        return nil
      }
      follow(label)
    }
    return nil
  }

  private mutating func follow(_ label: Int) {
    children.removeAll(keepingCapacity: true)
    space.expand(label, into: &children)
    for child in children {
      if memory?.keeps(child, in: space, count: count) == false { continue }
      queue.add(child, bound: space.labels[child].bound)
    }
  }
}
