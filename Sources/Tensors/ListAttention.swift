import Foundation

/// Multi-head scaled dot-product attention inside each list (Vaswani et al. 2017).
///
/// Lists are N rows each; only the first `lengths[b]` of them take part, as queries and as keys;
/// the rest come out 0.
///
/// - Parameter qkv: `[B N, 3 C]`, queries, keys and values side by side, heads side by side inside
///   each.
/// - Returns: `[B N, C]` and the attention weights `[B, heads, N, N]` for the pullback.
package func listAttention(
  _ qkv: Matrix, slots n: Int, heads: Int, lengths: [Int]
) -> (output: Matrix, weights: [Float]) {
  let c = qkv.columns / 3
  precondition(
    qkv.columns == 3 * c && c % heads == 0 && qkv.rows == lengths.count * n
      && lengths.allSatisfy { (0...n).contains($0) },
    "attention over \(lengths.count) lists of \(n) got [\(qkv.rows), \(qkv.columns)]")
  let d = c / heads
  let scale = 1 / Float(d).squareRoot()
  var output = Matrix(rows: qkv.rows, columns: c)
  var weights = [Float](repeating: 0, count: lengths.count * heads * n * n)
  output.scalars.withUnsafeMutableBufferPointer { output in
    weights.withUnsafeMutableBufferPointer { weights in
      qkv.scalars.withUnsafeBufferPointer { qkv in
        guard let output = output.baseAddress, let weights = weights.baseAddress,
          let qkv = qkv.baseAddress
        else { return }
        for b in lengths.indices {
          for head in 0..<heads {
            for i in 0..<lengths[b] {
              let query = qkv + (b * n + i) * 3 * c + head * d
              let row = weights + ((b * heads + head) * n + i) * n
              var top = -Float.infinity
              for j in 0..<lengths[b] {
                row[j] = scale * dot(query, qkv + (b * n + j) * 3 * c + c + head * d, d)
                top = max(top, row[j])
              }
              var sum: Float = 0
              for j in 0..<lengths[b] {
                row[j] = expf(row[j] - top)
                sum += row[j]
              }
              let target = output + (b * n + i) * c + head * d
              for j in 0..<lengths[b] {
                row[j] /= sum
                accumulate(row[j], qkv + (b * n + j) * 3 * c + 2 * c + head * d, into: target, d)
              }
            }
          }
        }
      }
    }
  }
  return (output, weights)
}

/// Gradient of `listAttention`, added to `dqkv`.
package func addListAttentionPullback(
  _ gradient: Matrix, qkv: Matrix, weights: [Float], slots n: Int, heads: Int, lengths: [Int],
  into dqkv: inout Matrix
) {
  let c = qkv.columns / 3
  let d = c / heads
  precondition(
    gradient.columns == c && gradient.rows == qkv.rows && dqkv.hasShape(of: qkv)
      && weights.count == lengths.count * heads * n * n
      && lengths.allSatisfy { (0...n).contains($0) }, "shapes differ")
  let scale = 1 / Float(d).squareRoot()
  dqkv.scalars.withUnsafeMutableBufferPointer { dqkv in
    weights.withUnsafeBufferPointer { weights in
      qkv.scalars.withUnsafeBufferPointer { qkv in
        gradient.scalars.withUnsafeBufferPointer { gradient in
          guard let dqkv = dqkv.baseAddress, let weights = weights.baseAddress,
            let qkv = qkv.baseAddress, let gradient = gradient.baseAddress
          else { return }
          for b in lengths.indices {
            for head in 0..<heads {
              for i in 0..<lengths[b] {
                let row = weights + ((b * heads + head) * n + i) * n
                let g = gradient + (b * n + i) * c + head * d
                let queryAt = (b * n + i) * 3 * c + head * d
                var mean: Float = 0
                for j in 0..<lengths[b] {
                  mean += row[j] * dot(g, qkv + (b * n + j) * 3 * c + 2 * c + head * d, d)
                }
                for j in 0..<lengths[b] {
                  let keyAt = (b * n + j) * 3 * c + c + head * d
                  let valueAt = keyAt + c
                  let slope = row[j] * (dot(g, qkv + valueAt, d) - mean) * scale
                  accumulate(row[j], g, into: dqkv + valueAt, d)
                  accumulate(slope, qkv + keyAt, into: dqkv + queryAt, d)
                  accumulate(slope, qkv + queryAt, into: dqkv + keyAt, d)
                }
              }
            }
          }
        }
      }
    }
  }
}
