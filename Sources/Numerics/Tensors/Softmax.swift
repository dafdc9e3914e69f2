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
  var logPartition = [Float](repeating: 0, count: offsets.count - 1)
  let probabilities = [Float](unsafeUninitializedCapacity: scores.count) { p, initialised in
    initialised = scores.count
    guard let p = p.baseAddress else { return }
    for row in 0..<offsets.count - 1 {
      let range = offsets[row]..<offsets[row + 1]
      var top = -Float.infinity
      for i in range {
        // An excluded entry stands so low that its exponential is lost, and is set to 0 below.
        p[i] = excluded[i] ? -.infinity : scores[i]
        top = max(top, p[i])
      }
      let count = range.count
      let own = p + range.lowerBound
      guard top > -.infinity else {
        own.update(repeating: 0, count: count)
        continue
      }
      let highest = Lanes(repeating: top)
      map(own, into: own, count) {
        let below = $0 - highest
        // What is lost beside the highest is lost for good, not kept as a smallest number.
        return exponential(below).replacing(with: 0, where: below .< -87)
      }
      for i in range where excluded[i] { p[i] = 0 }
      let sum = sumOf(own, count)
      let share = Lanes(repeating: 1 / sum)
      map(own, into: own, count) { $0 * share }
      logPartition[row] = top + logf(sum)
    }
  }
  return (probabilities, logPartition)
}

/// Entropy of each row's choice, `-sum_i p_i (score_i - logPartition)`; rows without a pick
/// (negative index) give 0.
package func entropies(
  _ scores: [Float], probabilities p: [Float], logPartition: [Float], offsets: [Int],
  picks: [Int32]
) -> [Float] {
  precondition(
    p.count == scores.count && offsets.last == p.count && picks.count == offsets.count - 1
      && logPartition.count == picks.count, "rows do not fit the scores")
  var result = [Float](repeating: 0, count: picks.count)
  scores.withUnsafeBufferPointer { scores in
    p.withUnsafeBufferPointer { p in
      guard let scores = scores.baseAddress, let p = p.baseAddress else { return }
      for row in picks.indices where picks[row] >= 0 {
        let (first, count) = (offsets[row], offsets[row + 1] - offsets[row])
        result[row] = entropy(scores + first, p + first, logPartition[row], count)
      }
    }
  }
  return result
}

/// `-sum_i p_i (score_i - partition)`; where p is 0 the score may be anything.
@inline(__always)
private func entropy(_ scores: Input, _ p: Input, _ partition: Float, _ count: Int) -> Float {
  var sum = Lanes.zero
  var i = 0
  while i < count {
    let width = min(16, count - i)
    let share = width == 16 ? load(p, i) : loadPartly(p, i, width)
    let score = width == 16 ? load(scores, i) : loadPartly(scores, i, width)
    let term = share * (partition - score)
    sum += term.replacing(with: 0, where: share .== 0)
    i += 16
  }
  return total(sum)
}

/// Adds the gradient of log-probability and entropy of each row's pick to that of the scores:
/// `-p_i (g + g_H (log p_i + H))`, and g at the pick.
///
/// - Parameter gradient: `[rows, 2]`, g and g_H.
package func addPickPullback(
  _ gradient: Matrix, scores: [Float], probabilities p: [Float], logPartition: [Float],
  entropies: [Float], offsets: [Int], picks: [Int32], into dScores: inout [Float]
) {
  precondition(
    p.count == scores.count && dScores.count == p.count && offsets.last == p.count
      && picks.count == offsets.count - 1 && logPartition.count == picks.count
      && entropies.count == picks.count && gradient.rows == picks.count && gradient.columns == 2,
    "rows do not fit the scores")
  dScores.withUnsafeMutableBufferPointer { dScores in
    scores.withUnsafeBufferPointer { scores in
      p.withUnsafeBufferPointer { p in
        guard let dScores = dScores.baseAddress, let scores = scores.baseAddress,
          let p = p.baseAddress
        else { return }
        for row in picks.indices where picks[row] >= 0 {
          let (first, count) = (offsets[row], offsets[row + 1] - offsets[row])
          precondition(Int(picks[row]) < count, "pick \(picks[row]) of \(count) entries")
          let (g, slope) = (gradient[row, 0], gradient[row, 1])
          let shift = Lanes(repeating: slope * (entropies[row] - logPartition[row]) + g)
          let slopes = Lanes(repeating: slope)
          let target = dScores + first
          var i = 0
          while i + 16 <= count {
            let share = load(p, first + i)
            let back = share * fused(slopes, load(scores, first + i), shift)
            let kept = back.replacing(with: 0, where: share .== 0)
            store(load(target, i) - kept, target, i)
            i += 16
          }
          while i < count {
            let share = p[first + i]
            if share != 0 { target[i] -= share * (slope * scores[first + i] + shift[0]) }
            i += 1
          }
          target[Int(picks[row])] += g
        }
      }
    }
  }
}
