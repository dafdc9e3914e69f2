/// Maximal runs of equal neighbours, as ranges of indices in order.
func runsOfEqual(_ sorted: [Double]) -> [Range<Int>] {
  var runs: [Range<Int>] = []
  var start = 0
  for i in sorted.indices where i + 1 == sorted.count || sorted[i + 1] != sorted[i] {
    runs.append(start..<i + 1)
    start = i + 1
  }
  return runs
}

/// Ranks from 1 (smallest) to n; equal values share the mean of their ranks.
///
/// The sum is always `n (n + 1) / 2`. Nil when a value is NaN, which has no rank.
package func meanRanks(_ values: [Double]) -> [Double]? {
  guard !values.contains(where: \.isNaN) else { return nil }
  let order = values.indices.sorted { values[$0] < values[$1] }
  var ranks = [Double](repeating: 0, count: values.count)
  for tie in runsOfEqual(order.map { values[$0] }) {
    let rank = Double(tie.lowerBound + tie.upperBound + 1) / 2
    for i in tie { ranks[order[i]] = rank }
  }
  return ranks
}
