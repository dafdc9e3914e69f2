import CKernels

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
              withOpenEntries(shape, where: { !excluded[$0] }) { b, row, entry, open in
                let first = shape.offsets[b]
                var pointers = fader_pointer(
                  key: key + first * a, query: query + row * a, local: local + entry * l,
                  v: v + b * a, weights: weights + b * l * a, a: a, l: l)
                kernels.pointee.pointer_scores(&pointers, open, scores + entry)
              }
            }
          }
        }
      }
    }
  }
  return scores
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
                      gradient.withUnsafeBufferPointer { gradient in
                        guard let key = key.baseAddress, let query = query.baseAddress,
                          let v = v.baseAddress, let dKey = dKey.baseAddress,
                          let dQuery = dQuery.baseAddress, let dV = dV.baseAddress,
                          let none = unused.baseAddress,
                          let gradient = gradient.baseAddress
                        else { return }
                        // A list that is complete, or a step without an advantage, costs nothing.
                        let counts = { (at: Int) in !excluded[at] && gradient[at] != 0 }
                        withOpenEntries(shape, where: counts) { b, row, entry, open in
                          let first = shape.offsets[b]
                          var pointers = fader_pointer(
                            key: key + first * a, query: query + row * a,
                            local: (local.baseAddress ?? key) + entry * l, v: v + b * a,
                            weights: (weights.baseAddress ?? key) + b * l * a, a: a, l: l)
                          let own = fader_pointer_gradient(
                            key: dKey + first * a, query: dQuery + row * a, v: dV + b * a,
                            weights: (dWeights.baseAddress ?? none) + b * l * a)
                          kernels.pointee.pointer_back(&pointers, open, gradient + entry, own)
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

/// Calls `body` with the request, the row, the row's first entry and its open entries, for every
/// row that has any.
@inline(__always)
private func withOpenEntries(
  _ shape: PointerShape, where isOpen: (Int) -> Bool,
  _ body: (_ request: Int, _ row: Int, _ entry: Int, _ open: fader_open) -> Void
) {
  // The kernels take eight entries at a time and read past the last.
  let group = 8
  var most = 0
  for b in 0..<shape.requests { most = max(most, shape.offsets[b + 1] - shape.offsets[b]) }
  withUnsafeTemporaryAllocation(of: Int.self, capacity: most + group) { buffer in
    guard let list = buffer.baseAddress else { return }
    for b in 0..<shape.requests {
      let first = shape.offsets[b]
      let m = shape.offsets[b + 1] - first
      for k in 0..<shape.lists {
        let entry = shape.lists * first + k * m
        var count = 0
        for i in 0..<m where isOpen(entry + i) {
          list[count] = i
          count += 1
        }
        guard count > 0 else { continue }
        for filler in count..<count + group { list[filler] = list[count - 1] }
        body(b, b * shape.lists + k, entry, fader_open(entries: list, count: count))
      }
    }
  }
}
