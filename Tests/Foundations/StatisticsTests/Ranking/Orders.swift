/// All ordered lists of `length` different numbers below `count`.
func orders(of count: Int, length: Int) -> [[Int]] {
  guard length > 0 else { return [[]] }
  return orders(of: count, length: length - 1).flatMap { list in
    (0..<count).filter { !list.contains($0) }.map { list + [$0] }
  }
}
