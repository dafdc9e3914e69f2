import Foundation

/// Log-softmax over the entries of each row that are not excluded.
///
/// Row r holds entries `offsets[r] ..< offsets[r + 1]`. Excluded entries get probability 0; a row
/// whose entries are all excluded gets all zeros, so nothing follows from it.
///
/// - Returns: probabilities `[entries]` and, per row, the log of the partition sum.
package func maskedSoftmax(
  _ scores: [Float], excluded: [Bool], offsets: [Int]
) -> (probabilities: [Float], logPartition: [Float]) {
  precondition(
    scores.count == excluded.count && offsets.last == scores.count, "rows do not fit the scores")
  var probabilities = [Float](repeating: 0, count: scores.count)
  var logPartition = [Float](repeating: 0, count: offsets.count - 1)
  for row in 0..<offsets.count - 1 {
    let range = offsets[row]..<offsets[row + 1]
    var top = -Float.infinity
    for i in range where !excluded[i] { top = max(top, scores[i]) }
    guard top > -.infinity else { continue }
    var sum: Float = 0
    for i in range where !excluded[i] {
      probabilities[i] = expf(scores[i] - top)
      sum += probabilities[i]
    }
    for i in range where !excluded[i] { probabilities[i] /= sum }
    logPartition[row] = top + logf(sum)
  }
  return (probabilities, logPartition)
}
