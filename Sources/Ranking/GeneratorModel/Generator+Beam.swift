import Autodiff
package import Features
package import ListPolicy
import Networks
package import Tensors

extension Generator {
  /// The most likely lists that a beam finds for one request under theta(w), best first.
  ///
  /// Of all continuations of the lists in the beam the `width` most likely are kept. Ties go to the
  /// list that was ahead, then to the lower index. At most `width` lists; fewer only where fewer
  /// exist.
  /// - Parameters:
  ///   - batch: one request.
  ///   - theta: `finalLayers(w)`, `[1, S]`.
  ///   - isOver: as in `ListPolicy.lists`.
  package func beam(
    _ batch: RequestBatch, theta: Matrix, length: Int, width: Int,
    constraints: DecodingConstraints = .none, isOver: () -> Bool = { false }
  ) -> [DecodedList] {
    precondition(width > 0, "a beam of width \(width) holds no list")
    precondition(batch.requestCount == 1, "a beam is of one request, got \(batch.requestCount)")
    let tape = Tape(parameters: parameters.values, recording: false)
    var beam = Beam(width: width)
    let lists = write(
      batch, theta: tape.constant(theta), lengths: [length], lists: width,
      constraints: [constraints], on: tape, isOver: isOver
    ) { step, decoding in
      beam.advance(
        scores: step.values, excluded: step.excluded, offsets: decoding.rowOffsets,
        logPartition: step.logPartition)
    }
    return beam.live.map {
      DecodedList(items: lists[$0], logProbabilities: beam.logProbabilities[$0])
    }
  }
}

/// How likely the lists in a beam are, best first; row 0 alone is alive at the start.
private struct Beam {
  let width: Int
  /// Sums of `logProbabilities`; -infinity for a row that only fills the batch.
  private var sums: [Float]
  private(set) var logProbabilities: [[Float]]

  init(width: Int) {
    self.width = width
    sums = [0] + Array(repeating: -.infinity, count: width - 1)
    logProbabilities = Array(repeating: [], count: width)
  }

  var live: [Int] { sums.indices.filter { sums[$0] > -.infinity } }

  /// The best continuations: for each new row the row it continues and its pick.
  mutating func advance(
    scores: [Float], excluded: [Bool], offsets: [Int], logPartition: [Float]
  ) -> DecodingChoice {
    // The best so far, in order: sorting all continuations would take longer than scoring them.
    var best: [(row: Int, pick: Int, log: Float, sum: Float)] = []
    for row in live {
      for entry in offsets[row]..<offsets[row + 1] where !excluded[entry] {
        // A policy gone to NaN still fills its lists.
        let exact = scores[entry] - logPartition[row]
        let log = exact.isNaN ? -Float.greatestFiniteMagnitude / 1e3 : exact
        let sum = sums[row] + log
        if best.count == width {
          guard sum > best[width - 1].sum else { continue }
          best.removeLast()
        }
        let place = best.firstIndex { sum > $0.sum } ?? best.count
        best.insert((row, entry - offsets[row], log, sum), at: place)
      }
    }
    let old = logProbabilities
    sums = best.map(\.sum) + Array(repeating: -.infinity, count: width - best.count)
    // Rows without a list of their own repeat the first, so that the batch keeps its shape.
    let rows = best + Array(repeating: best[0], count: width - best.count)
    logProbabilities = rows.map { old[$0.row] + [$0.log] }
    return DecodingChoice(parents: rows.map(\.row), picks: rows.map { Int32($0.pick) })
  }
}
