import Foundation

/// Attention of the candidates of requests over what stands in their lists so far.
///
/// All pairs of candidates of a request have a logit and a gain, row by row: those of request b start at
/// `pairOffsets[b]`, and candidate i looks at j by entry `i M + j` behind it. A list's candidate i gets
/// `sum_j p_j gain_ij`, where p is the softmax of the logits of the placed items and of one 0, which stands
/// for nothing and gains nothing.
package struct PlacedShape: Sendable {
  package let pointer: PointerShape
  /// B + 1 numbers.
  package let pairOffsets: [Int]

  package init(_ pointer: PointerShape) {
    self.pointer = pointer
    pairOffsets = squareOffsets(pointer.offsets)
  }

  /// Calls `body` for every entry of lists that hold something: with the entry, where its pairs start
  /// and its list.
  func forEachEntry(_ lists: [[Int]], _ body: (_ entry: Int, _ pairs: Int, _ list: [Int]) -> Void) {
    precondition(
      lists.count == pointer.requests * pointer.lists, "one list per row, got \(lists.count)")
    var entry = 0
    for (row, list) in lists.enumerated() {
      let b = row / pointer.lists
      let m = pointer.offsets[b + 1] - pointer.offsets[b]
      if !list.isEmpty {
        for i in 0..<m { body(entry + i, pairOffsets[b] + i * m, list) }
      }
      entry += m
    }
  }
}

/// Where the M by M numbers of each request start, and the end.
package func squareOffsets(_ offsets: [Int]) -> [Int] {
  zip(offsets, offsets.dropFirst()).reduce(into: [0]) { result, range in
    let m = range.1 - range.0
    result.append(result[result.count - 1] + m * m)
  }
}

/// - Parameters:
///   - logits, gains: of all pairs.
///   - lists: what is placed so far, list k of request b at `b K + k`.
/// - Returns: `[entries]`; 0 where nothing is placed.
package func placedAttention(
  _ shape: PlacedShape, logits: [Float], gains: [Float], lists: [[Int]]
) -> [Float] {
  var result = [Float](repeating: 0, count: shape.pointer.entries)
  result.withUnsafeMutableBufferPointer { result in
    logits.withUnsafeBufferPointer { logits in
      gains.withUnsafeBufferPointer { gains in
        shape.forEachEntry(lists) { entry, pairs, list in
          var most: Float = 0
          for j in list { most = max(most, logits[pairs + j]) }
          var (sum, value) = (expf(-most), Float(0))
          for j in list {
            let share = expf(logits[pairs + j] - most)
            sum += share
            value += share * gains[pairs + j]
          }
          result[entry] = value / sum
        }
      }
    }
  }
  return result
}

/// Gradients of `placedAttention`, added to those of its logits and gains.
package func addPlacedAttentionPullback(
  _ shape: PlacedShape, gradient: [Float], logits: [Float], gains: [Float], lists: [[Int]],
  output: [Float], intoLogits dLogits: inout [Float], gains dGains: inout [Float]
) {
  dLogits.withUnsafeMutableBufferPointer { dLogits in
    dGains.withUnsafeMutableBufferPointer { dGains in
      shape.forEachEntry(lists) { entry, pairs, list in
        let g = gradient[entry]
        if g == 0 { return }
        var most: Float = 0
        for j in list { most = max(most, logits[pairs + j]) }
        var sum = expf(-most)
        for j in list { sum += expf(logits[pairs + j] - most) }
        for j in list {
          let share = g * expf(logits[pairs + j] - most) / sum
          dGains[pairs + j] += share
          dLogits[pairs + j] += share * (gains[pairs + j] - output[entry])
        }
      }
    }
  }
}
