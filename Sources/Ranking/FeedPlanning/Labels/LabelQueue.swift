/// Labels by their bound, the highest first; of equal bounds the newest, which is the furthest down
/// its plan. A binary heap.
struct LabelQueue {
  private struct Entry {
    let bound: Double
    let label: Int

    func precedes(_ other: Entry) -> Bool {
      bound != other.bound ? bound > other.bound : label > other.label
    }
  }

  private var heap: [Entry] = []

  /// The bound of the first label; nil where there is none.
  var first: Double? { heap.first?.bound }

  mutating func add(_ label: Int, bound: Double) {
    let entry = Entry(bound: bound, label: label)
    var hole = heap.count
    heap.append(entry)
    while hole > 0 {
      let above = (hole - 1) / 2
      guard entry.precedes(heap[above]) else { break }
      heap[hole] = heap[above]
      hole = above
    }
    heap[hole] = entry
  }

  mutating func next() -> Int? {
    guard let first = heap.first, let last = heap.popLast() else { return nil }
    guard !heap.isEmpty else { return first.label }
    var hole = 0
    while true {
      var below = 2 * hole + 1
      guard below < heap.count else { break }
      if below + 1 < heap.count, heap[below + 1].precedes(heap[below]) { below += 1 }
      guard heap[below].precedes(last) else { break }
      heap[hole] = heap[below]
      hole = below
    }
    heap[hole] = last
    return first.label
  }
}
