/// Distinct items in the order of their first picking.
struct PickedItems {
  private(set) var list: [Int] = []
  private var isPicked: [Bool]

  init(capacity: Int, of items: Int) {
    list.reserveCapacity(capacity)
    isPicked = [Bool](repeating: false, count: items)
  }

  mutating func add(_ item: Int) {
    guard !isPicked[item] else { return }
    isPicked[item] = true
    list.append(item)
  }
}
