/// The candidates that a search may place, ascending: all of `0..<candidates` for a nil pool.
func searchPool(_ pool: [Int]?, candidates: Int, length: Int) -> [Int] {
  let items = pool.map { $0.sorted() } ?? Array(0..<max(candidates, 0))
  for (place, item) in items.enumerated() {
    precondition(
      (0..<candidates).contains(item), "pool item \(item) is none of \(candidates) candidates")
    precondition(place == 0 || items[place - 1] != item, "item \(item) stands twice in the pool")
  }
  precondition(
    (1...max(items.count, 1)).contains(length) && !items.isEmpty,
    "no lists of \(length) distinct items from a pool of \(items.count)")
  return items
}
