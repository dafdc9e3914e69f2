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
  let shape = AttentionShape(qkv, slots: n, heads: heads, lengths: lengths)
  let (c, d) = (shape.width, shape.head)
  var output = Matrix(rows: qkv.rows, columns: c)
  var weights = [Float](repeating: 0, count: lengths.count * heads * n * n)
  output.scalars.withUnsafeMutableBufferPointer { output in
    weights.withUnsafeMutableBufferPointer { weights in
      qkv.scalars.withUnsafeBufferPointer { qkv in
        guard let output = output.baseAddress, let weights = weights.baseAddress,
          let qkv = qkv.baseAddress
        else { return }
        shape.withPanels(5) { panels in
          let (queries, keys, values) = (panels[0], panels[1], panels[2])
          let (shares, mixed) = (panels[3], panels[4])
          shape.forEach { b, head, length in
            let from = qkv + b * n * 3 * c + head * d
            shape.pack(from, 3 * c, length, into: queries)
            shape.packTransposed(from + c, 3 * c, length, into: keys)
            shape.pack(from + 2 * c, 3 * c, length, into: values)
            shape.combine(queries, step: 1, d, keys, shape.paddedSlots, length, into: shares)
            shape.softmax(shares, length)
            shape.combine(
              Input(shares), step: 1, length, values, shape.paddedHead, length, into: mixed,
              leftStride: shape.paddedSlots)
            shape.unpack(
              mixed, shape.paddedHead, d, length, into: output + b * n * c + head * d, c)
            shape.unpack(
              shares, shape.paddedSlots, length, length,
              into: weights + (b * heads + head) * n * n, n)
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
  let shape = AttentionShape(qkv, slots: n, heads: heads, lengths: lengths)
  let (c, d) = (shape.width, shape.head)
  precondition(
    gradient.columns == c && gradient.rows == qkv.rows && dqkv.hasShape(of: qkv)
      && weights.count == lengths.count * heads * n * n, "shapes differ")
  dqkv.scalars.withUnsafeMutableBufferPointer { dqkv in
    weights.withUnsafeBufferPointer { weights in
      qkv.scalars.withUnsafeBufferPointer { qkv in
        gradient.scalars.withUnsafeBufferPointer { gradient in
          guard let dqkv = dqkv.baseAddress, let weights = weights.baseAddress,
            let qkv = qkv.baseAddress, let gradient = gradient.baseAddress
          else { return }
          shape.withPanels(7) { panels in
            let (queries, keys, values) = (panels[0], panels[1], panels[2])
            let (slopes, shares, g, result) = (panels[3], panels[4], panels[5], panels[6])
            shape.forEach { b, head, length in
              let at = b * n * 3 * c + head * d
              let (padded, wide) = (shape.paddedSlots, shape.paddedHead)
              shape.pack(qkv + at, 3 * c, length, into: queries)
              shape.pack(qkv + at + c, 3 * c, length, into: keys)
              shape.packTransposed(qkv + at + 2 * c, 3 * c, length, into: values)
              shape.pack(gradient + b * n * c + head * d, c, length, into: g)
              shape.pack(
                weights + (b * heads + head) * n * n, n, length, into: shares, width: length,
                padded: padded)
              shape.combine(g, step: 1, d, values, padded, length, into: slopes)
              shape.softmaxPullback(slopes, shares, length)
              // dQ = S K, dK = S' Q, dV = P' G
              shape.combine(
                Input(slopes), step: 1, length, keys, wide, length, into: result,
                leftStride: padded)
              shape.addUnpacked(result, length, into: dqkv + at, 3 * c)
              shape.combine(
                Input(slopes), step: padded, length, queries, wide, length, into: result,
                leftStride: 1)
              shape.addUnpacked(result, length, into: dqkv + at + c, 3 * c)
              shape.combine(
                Input(shares), step: padded, length, g, wide, length, into: result, leftStride: 1)
              shape.addUnpacked(result, length, into: dqkv + at + 2 * c, 3 * c)
            }
          }
        }
      }
    }
  }
}
