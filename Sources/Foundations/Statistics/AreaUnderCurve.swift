/// Area under the ROC curve: the chance that a positive scores above a negative, ties half.
///
/// `(sum of the positives' mean ranks - P (P + 1) / 2) / (P * Q)` with P positives and Q negatives
/// (Mann-Whitney; Hanley and McNeil, Radiology 1982). In 0...1; 0.5 for constant scores; unchanged
/// by any increasing map of the scores. A label counts as positive above 0.5. Nil when one of the
/// two classes is absent or a score is NaN.
public func areaUnderCurve(
  scores: [Double], labels: [Double], mask: [Bool]? = nil
) -> Double? {
  requirePairs(scores, labels)
  let indices = counted(labels.count, mask: mask)
  let positive = indices.map { labels[$0] > 0.5 }
  let positives = Double(positive.count { $0 })
  let negatives = Double(positive.count) - positives
  guard positives > 0, negatives > 0, let ranks = meanRanks(indices.map { scores[$0] }) else {
    return nil
  }
  var rankSum = 0.0
  for i in ranks.indices where positive[i] { rankSum += ranks[i] }
  return (rankSum - positives * (positives + 1) / 2) / (positives * negatives)
}
