import CKernels

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
    scores.withUnsafeBufferPointer { scores in
      excluded.withUnsafeBufferPointer { excluded in
        guard let p = p.baseAddress, let scores = scores.baseAddress,
          let excluded = excluded.baseAddress
        else { return }
        for row in logPartition.indices {
          let (first, count) = (offsets[row], offsets[row + 1] - offsets[row])
          logPartition[row] = kernels.pointee.masked_softmax(
            scores + first, excluded + first, p + first, count)
        }
      }
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
        result[row] = kernels.pointee.entropy(
          scores + first, p + first, logPartition[row], count)
      }
    }
  }
  return result
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
          let shift = slope * (entropies[row] - logPartition[row]) + g
          let target = dScores + first
          kernels.pointee.pick_back(scores + first, p + first, slope, shift, target, count)
          target[Int(picks[row])] += g
        }
      }
    }
  }
}
