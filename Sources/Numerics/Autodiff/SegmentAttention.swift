import Foundation
import Tensors

extension Tape {
  /// A mean of the rows of each segment, weighted by the softmax of their scores:
  /// `scores [P, 1]`, `values [P, V]` -> `[S, V]`.
  ///
  /// - Parameters:
  ///   - segments: segment s is rows `segments[s] ..< segments[s + 1]`.
  ///   - withNothing: a row of zeros with a score of 0 takes part in each segment, so that what speaks for
  ///     no row gives nothing. An empty segment gives 0 either way.
  package func segmentAttention(
    scores: Variable, values: Variable, segments: [Int], withNothing: Bool
  ) -> Variable {
    let (s, v) = (value(scores), value(values))
    precondition(
      s.columns == 1 && s.rows == v.rows && segments.last == s.rows,
      "\(s.rows) scores for \(v.rows) values in segments up to \(segments.last ?? 0)")
    let weights = segmentWeights(s.scalars, segments, withNothing: withNothing)
    let width = v.columns
    var output = Matrix(rows: segments.count - 1, columns: width)
    for segment in 0..<output.rows {
      for row in segments[segment]..<segments[segment + 1] {
        let weight = weights[row]
        for c in 0..<width {
          output.scalars[segment &* width &+ c] += weight * v.scalars[row &* width &+ c]
        }
      }
    }
    guard recording else { return constant(output) }
    return record(output, from: [scores, values]) { gradient, gradients in
      // d out / d score_j = weight_j (value_j - out)
      var slopes = [Float](repeating: 0, count: s.rows)
      for segment in 0..<output.rows {
        for row in segments[segment]..<segments[segment + 1] {
          var sum: Float = 0
          for c in 0..<width {
            let place = segment &* width &+ c
            sum += gradient.scalars[place] * (v.scalars[row &* width &+ c] - output.scalars[place])
          }
          slopes[row] = weights[row] * sum
        }
      }
      gradients.add(Matrix(rows: s.rows, columns: 1, scalars: slopes), to: scores)
      gradients.add(to: values) { dv in
        for segment in 0..<output.rows {
          for row in segments[segment]..<segments[segment + 1] {
            for c in 0..<width {
              dv.scalars[row &* width &+ c] +=
                weights[row] * gradient.scalars[segment &* width &+ c]
            }
          }
        }
      }
    }
  }
}

/// Softmax of the scores inside each segment, `[P]`.
private func segmentWeights(
  _ scores: [Float], _ segments: [Int], withNothing: Bool
) -> [Float] {
  var weights = [Float](repeating: 0, count: scores.count)
  for (start, end) in zip(segments, segments.dropFirst()) where start < end {
    let highest = scores[start..<end].reduce(withNothing ? 0 : -.infinity, max)
    var total = withNothing ? expf(-highest) : 0
    for row in start..<end {
      weights[row] = expf(scores[row] - highest)
      total += weights[row]
    }
    for row in start..<end { weights[row] /= total }
  }
  return weights
}
