/// Where the parts of a pointer-attention call lie.
///
/// B requests with M_b candidates each and K lists per request. Scores, exclusions and local
/// context run request by request, list by list, candidate by candidate: entry
/// `K * offsets[b] + k * M_b + i`.
package struct PointerShape: Sendable {
  /// Candidates of request b are key rows `offsets[b] ..< offsets[b + 1]`.
  package let offsets: [Int]
  /// K
  package let lists: Int
  /// A, a multiple of 16.
  package let attention: Int
  /// L
  package let local: Int

  package init(offsets: [Int], lists: Int, attention: Int, local: Int) {
    precondition(attention % 16 == 0, "attention width \(attention) is not a multiple of 16")
    self.offsets = offsets
    self.lists = lists
    self.attention = attention
    self.local = local
  }

  package var requests: Int { offsets.count - 1 }
  package var entries: Int { lists * (offsets.last ?? 0) }

  /// Where the entries of each of the B * K rows start, and the end.
  package var rowOffsets: [Int] {
    var result = [0]
    for b in 0..<requests {
      for _ in 0..<lists {
        result.append(result[result.count - 1] + offsets[b + 1] - offsets[b])
      }
    }
    return result
  }

  func check(
    key: Matrix, query: Matrix, local localContext: [Float], v: Matrix, localWeights: Matrix,
    excluded: [Bool]
  ) {
    precondition(
      key.rows == offsets.last && key.columns == attention && query.rows == requests * lists
        && query.columns == attention && localContext.count == entries * local
        && v.rows == requests && v.columns == attention && localWeights.rows == requests
        && localWeights.columns == local * attention && excluded.count == entries,
      "pointer attention got shapes that do not fit")
  }
}

/// Scores of local-context-enhanced pointer attention, fused:
/// `a_i = v . relu(key_i + query + sum_l local_il W_l)`, v and W generated per request.
///
/// - Parameters:
///   - key: `[R, A]`, once per request.
///   - query: `[B K, A]`, bias included.
///   - localContext: `[entries, L]`.
///   - v: `[B, A]`; localWeights: `[B, L A]`.
///   - excluded: entries that are not scored; they get 0.
/// - Returns: `[entries]`.
package func pointerScores(
  _ shape: PointerShape, key: Matrix, query: Matrix, localContext: [Float], v: Matrix,
  localWeights: Matrix, excluded: [Bool]
) -> [Float] {
  shape.check(
    key: key, query: query, local: localContext, v: v, localWeights: localWeights,
    excluded: excluded)
  let (a, l) = (shape.attention, shape.local)
  var scores = [Float](repeating: 0, count: shape.entries)
  scores.withUnsafeMutableBufferPointer { scores in
    key.scalars.withUnsafeBufferPointer { key in
      query.scalars.withUnsafeBufferPointer { query in
        localContext.withUnsafeBufferPointer { local in
          v.scalars.withUnsafeBufferPointer { v in
            localWeights.scalars.withUnsafeBufferPointer { weights in
              guard let scores = scores.baseAddress, let key = key.baseAddress,
                let query = query.baseAddress, let v = v.baseAddress
              else { return }
              // Without local context the two pointers are never read; any address will do.
              let local = local.baseAddress ?? key
              let weights = weights.baseAddress ?? key
              for b in 0..<shape.requests {
                let first = shape.offsets[b]
                let m = shape.offsets[b + 1] - first
                for k in 0..<shape.lists {
                  let entry = shape.lists * first + k * m
                  scoreRow(
                    scores + entry, key + first * a, query + (b * shape.lists + k) * a,
                    local + entry * l, v + b * a, weights + b * l * a, excluded, entry, m, a, l)
                }
              }
            }
          }
        }
      }
    }
  }
  return scores
}

@inline(__always)
private func hidden(
  _ key: Input, _ query: Input, _ local: Input, _ weights: Input, _ a: Int, _ l: Int, _ at: Int
) -> Lanes {
  var h = load(key, at) + load(query, at)
  for j in 0..<l { h = fused(Lanes(repeating: local[j]), load(weights, j * a + at), h) }
  return h
}

private func scoreRow(
  _ scores: Output, _ key: Input, _ query: Input, _ local: Input, _ v: Input, _ weights: Input,
  _ excluded: [Bool], _ entry: Int, _ m: Int, _ a: Int, _ l: Int
) {
  for i in 0..<m where !excluded[entry + i] {
    var sum = Lanes.zero
    var at = 0
    while at < a {
      let h = hidden(key + i * a, query, local + i * l, weights, a, l, at)
      sum = fused(load(v, at), h.replacing(with: 0, where: h .< 0), sum)
      at += 16
    }
    scores[i] = total(sum)
  }
}

/// Gradients of `pointerScores`, added to those of its inputs; the local context is data and gets
/// none. The hidden layer is computed again rather than kept: it is the largest array by far.
package func addPointerScoresPullback(
  _ shape: PointerShape, gradient: [Float], key: Matrix, query: Matrix, localContext: [Float],
  v: Matrix, localWeights: Matrix, excluded: [Bool], intoKey dKey: inout Matrix,
  query dQuery: inout Matrix, v dV: inout Matrix, localWeights dWeights: inout Matrix
) {
  shape.check(
    key: key, query: query, local: localContext, v: v, localWeights: localWeights,
    excluded: excluded)
  precondition(
    gradient.count == shape.entries && dKey.hasShape(of: key) && dQuery.hasShape(of: query)
      && dV.hasShape(of: v) && dWeights.hasShape(of: localWeights), "gradients do not fit")
  let (a, l) = (shape.attention, shape.local)
  var unused: [Float] = [0]
  key.scalars.withUnsafeBufferPointer { key in
    query.scalars.withUnsafeBufferPointer { query in
      localContext.withUnsafeBufferPointer { local in
        v.scalars.withUnsafeBufferPointer { v in
          localWeights.scalars.withUnsafeBufferPointer { weights in
            dKey.scalars.withUnsafeMutableBufferPointer { dKey in
              dQuery.scalars.withUnsafeMutableBufferPointer { dQuery in
                dV.scalars.withUnsafeMutableBufferPointer { dV in
                  dWeights.scalars.withUnsafeMutableBufferPointer { dWeights in
                    unused.withUnsafeMutableBufferPointer { unused in
                      guard let key = key.baseAddress, let query = query.baseAddress,
                        let v = v.baseAddress, let dKey = dKey.baseAddress,
                        let dQuery = dQuery.baseAddress, let dV = dV.baseAddress,
                        let none = unused.baseAddress
                      else { return }
                      let row = PointerRow(a: a, l: l)
                      for b in 0..<shape.requests {
                        let first = shape.offsets[b]
                        let m = shape.offsets[b + 1] - first
                        for k in 0..<shape.lists {
                          let entry = shape.lists * first + k * m
                          let r = b * shape.lists + k
                          row.pullback(
                            gradient, excluded, entry, m,
                            key: key + first * a, query: query + r * a,
                            local: (local.baseAddress ?? key) + entry * l, v: v + b * a,
                            weights: (weights.baseAddress ?? key) + b * l * a,
                            dKey: dKey + first * a, dQuery: dQuery + r * a, dV: dV + b * a,
                            dWeights: (dWeights.baseAddress ?? none) + b * l * a)
                        }
                      }
                    }
                  }
                }
              }
            }
          }
        }
      }
    }
  }
}

private struct PointerRow {
  let a: Int
  let l: Int

  func pullback(
    _ gradient: [Float], _ excluded: [Bool], _ entry: Int, _ m: Int, key: Input, query: Input,
    local: Input, v: Input, weights: Input, dKey: Output, dQuery: Output, dV: Output,
    dWeights: Output
  ) {
    var at = 0
    while at < a {
      let vLanes = load(v, at)
      var vSum = Lanes.zero
      var querySum = Lanes.zero
      for i in 0..<m where !excluded[entry + i] {
        let g = gradient[entry + i]
        // A list that is already complete, or a step with no advantage, costs nothing.
        if g == 0 { continue }
        let h = hidden(key + i * a, query, local + i * l, weights, a, l, at)
        let off = h .<= 0
        vSum = fused(Lanes(repeating: g), h.replacing(with: 0, where: off), vSum)
        let back = (vLanes * g).replacing(with: 0, where: off)
        querySum += back
        store(load(dKey, i * a + at) + back, dKey, i * a + at)
        for j in 0..<l {
          let cell = j * a + at
          store(
            fused(Lanes(repeating: local[i * l + j]), back, load(dWeights, cell)), dWeights, cell)
        }
      }
      store(load(dV, at) + vSum, dV, at)
      store(load(dQuery, at) + querySum, dQuery, at)
      at += 16
    }
  }
}
