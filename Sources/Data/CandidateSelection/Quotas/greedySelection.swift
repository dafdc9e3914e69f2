/// What is often done in place of `quotaSelection`: by falling score, first what fills a floor, then what no
/// cap forbids, and where that leaves too few, what comes next.
///
/// Not exact where both partitions have caps; it stands here to be compared with.
/// - Returns: `keep` items, ascending.
package func greedySelection(
  scores: [Double], left: QuotaPartition, right: QuotaPartition, keep: Int, compulsory: [Int] = []
) -> [Int] {
  let sides = [left, right]
  var counts = sides.map { $0.caps.map { _ in 0 } }
  var kept: [Int] = []
  var known: Set<Int> = []
  func add(_ item: Int) {
    guard kept.count < keep, known.insert(item).inserted else { return }
    kept.append(item)
    for side in 0..<2 { counts[side][sides[side].groups[item]] += 1 }
  }
  func holds(_ item: Int, below limits: (QuotaPartition) -> [Int]) -> [Bool] {
    (0..<2).map { side in
      let group = sides[side].groups[item]
      return counts[side][group] < limits(sides[side])[group]
    }
  }
  let order = scores.indices.sorted {
    scores[$0] == scores[$1] ? $0 < $1 : scores[$0] > scores[$1]
  }
  compulsory.forEach(add)
  for item in order where holds(item, below: { $0.caps }) == [true, true] {
    if holds(item, below: { $0.floors }) != [false, false] { add(item) }
  }
  for item in order where holds(item, below: { $0.caps }) == [true, true] { add(item) }
  order.forEach(add)
  return kept.sorted()
}
