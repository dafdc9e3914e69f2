import CKernels

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
  let (n, c, heads) = (shape.slots, shape.width, shape.heads)
  shape.check(qkv)
  var output = Matrix(rows: shape.lengths.count * n, columns: c)
  var weights = [Float](repeating: 0, count: shape.lengths.count * heads * n * n)
  output.scalars.withUnsafeMutableBufferPointer { output in
    weights.withUnsafeMutableBufferPointer { weights in
      qkv.scalars.withUnsafeBufferPointer { qkv in
        guard let output = output.baseAddress, let weights = weights.baseAddress,
          let qkv = qkv.baseAddress
        else { return }
        shape.withLists(qkv) { b, list, scratch in
          var list = list
          kernels.pointee.attend(
            &list, scratch, output + b * n * c, weights + b * heads * n * n)
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
  let (n, c, heads) = (shape.slots, shape.width, shape.heads)
  let lists = shape.lengths.count
  shape.check(qkv)
  precondition(
    gradient.columns == c && gradient.rows == lists * n && dqkv.hasShape(of: qkv)
      && weights.count == lists * heads * n * n, "shapes differ")
  dqkv.scalars.withUnsafeMutableBufferPointer { dqkv in
    weights.withUnsafeBufferPointer { weights in
      qkv.scalars.withUnsafeBufferPointer { qkv in
        gradient.scalars.withUnsafeBufferPointer { gradient in
          guard let dqkv = dqkv.baseAddress, let weights = weights.baseAddress,
            let qkv = qkv.baseAddress, let gradient = gradient.baseAddress
          else { return }
          shape.withLists(qkv) { b, list, scratch in
            var list = list
            // Without picked rows a list's own begin where its queries do.
            let own = dqkv + (list.qkv - qkv)
            kernels.pointee.attend_back(
              &list, gradient + b * n * c, weights + b * heads * n * n, scratch, own)
          }
        }
      }
    }
  }
}
