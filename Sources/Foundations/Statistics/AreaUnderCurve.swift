/// The area under the ROC curve (AUC): how often a positive entry has a higher score than a negative
/// one, ties counting half.
///
/// - Returns: nil without entries of both kinds.
package func areaUnderCurve(scores: [Double], isPositive: [Bool]) -> Double? {
  precondition(scores.count == isPositive.count, "a label per score")
  let positives = isPositive.count { $0 }
  let negatives = isPositive.count - positives
  guard positives > 0, negatives > 0 else { return nil }
  let order = scores.indices.sorted { scores[$0] < scores[$1] }
  var sum = 0.0
  var start = 0
  while start < order.count {
    var end = start
    while end < order.count, scores[order[end]] == scores[order[start]] { end += 1 }
    // Entries with equal scores share the mean of their ranks, which count from 1.
    let rank = Double(start + 1 + end) / 2
    for place in start..<end where isPositive[order[place]] { sum += rank }
    start = end
  }
  let least = Double(positives * (positives + 1)) / 2
  return (sum - least) / Double(positives * negatives)
}

/// The mean of the areas of groups, each weighted with its number of entries (GAUC, Zhu et al. 2017);
/// groups of one kind only say nothing.
///
/// - Returns: nil where no group has entries of both kinds.
package func groupedAreaUnderCurve(
  scores: [Double], isPositive: [Bool], groups: [Range<Int>]
) -> Double? {
  var (sum, weight) = (0.0, 0.0)
  for group in groups {
    guard
      let area = areaUnderCurve(
        scores: Array(scores[group]), isPositive: Array(isPositive[group]))
    else { continue }
    sum += area * Double(group.count)
    weight += Double(group.count)
  }
  return weight > 0 ? sum / weight : nil
}
