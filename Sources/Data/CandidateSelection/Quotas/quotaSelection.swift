/// The `keep` items with the highest sum of scores under caps and floors per group of two partitions.
///
/// Exact, as a minimum-cost flow: of all selections of `keep` items, in this order,
/// 1. the most of `compulsory`, which is all of them when they are no more than `keep`,
/// 2. the fewest items beyond caps, counted once for each cap that an item exceeds: caps only give way
///    where the items would not do otherwise,
/// 3. the most filled places of floors: a group with fewer items than its floor gives what it has,
/// 4. the highest sum of scores.
///
/// Takes `keep` shortest paths over the pairs of groups that have items.
/// - Parameters:
///   - scores: one per item. NaN is below all others.
///   - compulsory: distinct items.
/// - Returns: the items, ascending; all of them when there are no more than `keep`.
package func quotaSelection(
  scores: [Double], left: QuotaPartition, right: QuotaPartition, keep: Int, compulsory: [Int] = []
) -> [Int] {
  precondition(
    left.groups.count == scores.count && right.groups.count == scores.count,
    "\(scores.count) scores for \(left.groups.count) and \(right.groups.count) items of groups")
  precondition(
    (0...PathCost.mostKept).contains(keep),
    "a selection holds at most \(PathCost.mostKept) items, got \(keep)")
  guard keep < scores.count else { return Array(scores.indices) }
  var flow = QuotaFlow(scores: scores, left: left, right: right, compulsory: compulsory)
  for _ in 0..<keep { flow.augment() }
  return flow.kept
}
