/// Multi-head scaled dot-product attention inside each list (Vaswani et al. 2017).
///
/// Lists are N rows each; only the first `lengths[b]` of them take part, as queries and as keys;
/// the rest come out 0.
///
/// - Parameter qkv: `[R, 3 C]`, queries, keys and values side by side, heads side by side inside
///   each.
/// - Returns: `[B N, C]` and the attention weights `[B, heads, N, N]` for the pullback.
package func listAttention(
  _ qkv: Matrix, _ shape: AttentionShape
) -> (output: Matrix, weights: [Float]) {
  let (n, c, d) = (shape.slots, shape.width, shape.head)
  shape.check(qkv)
  var output = Matrix(rows: shape.lengths.count * n, columns: c)
  var weights = [Float](repeating: 0, count: shape.lengths.count * shape.heads * n * n)
  output.scalars.withUnsafeMutableBufferPointer { output in
    weights.withUnsafeMutableBufferPointer { weights in
      qkv.scalars.withUnsafeBufferPointer { qkv in
        guard let output = output.baseAddress, let weights = weights.baseAddress,
          let qkv = qkv.baseAddress
        else { return }
        shape.withPanels(5) { panels in
          let (queries, keys, values) = (panels[0], panels[1], panels[2])
          let (shares, mixed) = (panels[3], panels[4])
          shape.withHeads { b, head, length in
            let from = { (slot: Int) in qkv + shape.row(b * n + slot) * 3 * c + head * d }
            shape.pack(length, into: queries, from)
            shape.packTransposed(length, into: keys) { from($0) + c }
            shape.pack(length, into: values) { from($0) + 2 * c }
            shape.combine(queries, step: 1, d, keys, shape.paddedSlots, length, into: shares)
            shape.softmax(shares, length)
            shape.combine(
              Input(shares), step: 1, length, values, shape.paddedHead, length, into: mixed,
              leftStride: shape.paddedSlots)
            shape.unpack(
              mixed, shape.paddedHead, d, length, into: output + b * n * c + head * d, c)
            shape.unpack(
              shares, shape.paddedSlots, length, length,
              into: weights + (b * shape.heads + head) * n * n, n)
          }
        }
      }
    }
  }
  return (output, weights)
}

/// Gradient of `listAttention`, added to `dqkv`.
package func addListAttentionPullback(
  _ gradient: Matrix, qkv: Matrix, weights: [Float], _ shape: AttentionShape,
  into dqkv: inout Matrix
) {
  let (n, c, d) = (shape.slots, shape.width, shape.head)
  let lists = shape.lengths.count
  shape.check(qkv)
  precondition(
    gradient.columns == c && gradient.rows == lists * n && dqkv.hasShape(of: qkv)
      && weights.count == lists * shape.heads * n * n, "shapes differ")
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
            shape.withHeads { b, head, length in
              let (padded, wide) = (shape.paddedSlots, shape.paddedHead)
              let at = { (slot: Int) in shape.row(b * n + slot) * 3 * c + head * d }
              shape.pack(length, into: queries) { qkv + at($0) }
              shape.pack(length, into: keys) { qkv + at($0) + c }
              shape.packTransposed(length, into: values) { qkv + at($0) + 2 * c }
              shape.pack(length, into: g) { gradient + (b * n + $0) * c + head * d }
              let from = weights + (b * shape.heads + head) * n * n
              shape.pack(length, into: shares, width: length, padded: padded) { from + $0 * n }
              shape.combine(g, step: 1, d, values, padded, length, into: slopes)
              shape.softmaxPullback(slopes, shares, length)
              // dQ = S K, dK = S' Q, dV = P' G
              shape.combine(
                Input(slopes), step: 1, length, keys, wide, length, into: result,
                leftStride: padded)
              shape.addUnpacked(result, length) { dqkv + at($0) }
              shape.combine(
                Input(slopes), step: padded, length, queries, wide, length, into: result,
                leftStride: 1)
              shape.addUnpacked(result, length) { dqkv + at($0) + c }
              shape.combine(
                Input(shares), step: padded, length, g, wide, length, into: result, leftStride: 1)
              shape.addUnpacked(result, length) { dqkv + at($0) + 2 * c }
            }
          }
        }
      }
    }
  }
}
