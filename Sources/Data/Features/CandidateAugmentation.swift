/// Rank of each number among the numbers present, in [0, 1]: 0 for the largest, 1 for the
/// smallest.
///
/// Equal numbers share the mean of their ranks, so the result does not depend on the order of
/// the candidates; a number alone in its request, like one missing, is 0.5.
func descendingRanks(_ values: [Double?]) -> [Float] {
  var ranks = [Float](repeating: 0.5, count: values.count)
  var present: [(value: Double, index: Int)] = []
  for (index, value) in values.enumerated() {
    if let value { present.append((value, index)) }
  }
  guard present.count > 1 else { return ranks }
  present.sort { $0.value > $1.value }
  var start = 0
  while start < present.count {
    var end = start + 1
    while end < present.count, present[end].value == present[start].value { end += 1 }
    let rank = Float(start + end - 1) / Float(2 * (present.count - 1))
    for position in start..<end { ranks[present[position].index] = rank }
    start = end
  }
  return ranks
}

/// Share of all candidates whose group is the same, itself included: in (0, 1].
///
/// A candidate without the feature is a group of its own, as it is for the rule utilities.
///
/// - Parameter groups: per candidate the number of its group, from 0.
func groupShares(_ groups: [Int]) -> [Float] {
  var sizes = [Int](repeating: 0, count: groups.count)
  for group in groups { sizes[group] += 1 }
  let all = Float(groups.count)
  return groups.map { Float(sizes[$0]) / all }
}
