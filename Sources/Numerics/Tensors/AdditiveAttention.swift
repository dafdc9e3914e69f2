import CKernels

/// Where the parts of additive attention lie: B requests, each with queries and keys of its own.
package struct AdditiveShape: Sendable {
  /// Queries of request b are rows `queries[b] ..< queries[b + 1]`.
  package let queries: [Int]
  /// Keys of request b are rows `keys[b] ..< keys[b + 1]`; at least one each.
  package let keys: [Int]
  /// A, a multiple of 16.
  package let width: Int

  package init(queries: [Int], keys: [Int], width: Int) {
    precondition(width % 16 == 0, "attention width \(width) is not a multiple of 16")
    precondition(
      queries.count == keys.count && zip(keys, keys.dropFirst()).allSatisfy { $0 < $1 },
      "each request needs queries and at least one key")
    self.queries = queries
    self.keys = keys
    self.width = width
  }

  var requests: Int { queries.count - 1 }

  /// Pairs of a query and a key.
  package var entries: Int { rowOffsets.last ?? 0 }

  /// Where the entries of each query start, and the end.
  var rowOffsets: [Int] {
    var result = [0]
    result.reserveCapacity((queries.last ?? 0) + 1)
    for b in 0..<requests {
      for _ in queries[b]..<queries[b + 1] { result.append(result[result.count - 1] + keyCount(b)) }
    }
    return result
  }

  func queryCount(_ b: Int) -> Int { queries[b + 1] - queries[b] }
  func keyCount(_ b: Int) -> Int { keys[b + 1] - keys[b] }

  func check(_ inputs: AdditiveInputs) {
    precondition(
      inputs.query.rows == queries.last && inputs.query.columns == width
        && inputs.key.rows == keys.last && inputs.key.columns == width
        && inputs.v.rows == 1 && inputs.v.columns == width
        && inputs.bias.rows == inputs.key.rows && inputs.bias.columns == 1
        && inputs.value.rows == inputs.key.rows, "additive attention got shapes that do not fit")
  }
}

/// What additive attention is computed from.
package struct AdditiveInputs: Sendable {
  /// `[R, A]`
  package var query: Matrix
  /// `[S, A]`
  package var key: Matrix
  /// `[1, A]`
  package var v: Matrix
  /// `[S, 1]`, added to the scores of a key.
  package var bias: Matrix
  /// `[S, V]`
  package var value: Matrix

  package init(query: Matrix, key: Matrix, v: Matrix, bias: Matrix, value: Matrix) {
    self.query = query
    self.key = key
    self.v = v
    self.bias = bias
    self.value = value
  }
}

/// Additive attention (Bahdanau et al. 2015) of each request's queries over its keys:
/// `c_t = sum_j softmax_j(v . tanh(q_t + k_j) + bias_j) value_j`.
///
/// Each number of a query and of a key is held within 20: their sum is right up to there.
///
/// - Returns: `[R, V]`, and the weights, query by query, for the pullback.
package func additiveAttention(
  _ inputs: AdditiveInputs, _ shape: AdditiveShape
) -> (output: Matrix, weights: [Float]) {
  shape.check(inputs)
  let offsets = shape.rowOffsets
  var scores = [Float](repeating: 0, count: shape.entries)
  let powers = Powers(inputs)
  powers.withKernels(shape, inputs.v) { b, request in
    var request = request
    scores.withUnsafeMutableBufferPointer { scores in
      guard let scores = scores.baseAddress else { return }
      kernels.pointee.additive_scores(&request, scores + offsets[shape.queries[b]])
    }
  }
  scores.withUnsafeMutableBufferPointer { scores in
    inputs.bias.scalars.withUnsafeBufferPointer { bias in
      guard let scores = scores.baseAddress, let bias = bias.baseAddress else { return }
      for b in 0..<shape.requests {
        for t in shape.queries[b]..<shape.queries[b + 1] {
          accumulate(bias + shape.keys[b], into: scores + offsets[t], shape.keyCount(b))
        }
      }
    }
  }
  let weights = maskedSoftmax(
    scores, excluded: [Bool](repeating: false, count: scores.count), offsets: offsets
  ).probabilities
  var output = Matrix(uninitialisedRows: inputs.query.rows, columns: inputs.value.columns)
  for b in 0..<shape.requests where shape.queryCount(b) > 0 {
    multiply(
      weights, shape.weights(b, offsets), inputs.value.scalars, shape.values(b, inputs.value),
      into: &output.scalars, shape.outputs(b, inputs.value))
  }
  return (output, weights)
}

/// Gradients of `additiveAttention`, added to those of its inputs. Tangents are computed again rather
/// than kept: there is one for every pair and every number of the width.
package func addAdditiveAttentionPullback(
  _ gradient: Matrix, _ inputs: AdditiveInputs, weights: [Float], _ shape: AdditiveShape,
  into d: inout AdditiveInputs
) {
  shape.check(inputs)
  shape.check(d)
  let offsets = shape.rowOffsets
  var slopes = [Float](repeating: 0, count: weights.count)
  for b in 0..<shape.requests where shape.queryCount(b) > 0 {
    let (pairs, values) = (shape.weights(b, offsets), shape.values(b, inputs.value))
    let outputs = shape.outputs(b, inputs.value)
    multiply(
      gradient.scalars, outputs, inputs.value.scalars, values, secondTransposed: true,
      into: &slopes, pairs)
    multiply(
      weights, pairs, transposed: true, gradient.scalars, outputs, into: &d.value.scalars, values,
      accumulating: true)
    for t in shape.queries[b]..<shape.queries[b + 1] {
      let row = offsets[t]..<offsets[t + 1]
      var mean: Float = 0
      for e in row { mean += weights[e] * slopes[e] }
      for (j, e) in row.enumerated() {
        slopes[e] = weights[e] * (slopes[e] - mean)
        d.bias.scalars[shape.keys[b] + j] += slopes[e]
      }
    }
  }
  let powers = Powers(inputs)
  powers.withKernels(shape, inputs.v) { b, request in
    var request = request
    d.query.scalars.withUnsafeMutableBufferPointer { query in
      d.key.scalars.withUnsafeMutableBufferPointer { key in
        d.v.scalars.withUnsafeMutableBufferPointer { v in
          slopes.withUnsafeBufferPointer { slopes in
            guard let query = query.baseAddress, let key = key.baseAddress,
              let v = v.baseAddress, let slopes = slopes.baseAddress
            else { return }
            let own = fader_additive_gradient(
              query: query + shape.queries[b] * shape.width,
              key: key + shape.keys[b] * shape.width, v: v)
            kernels.pointee.additive_back(&request, slopes + offsets[shape.queries[b]], own)
          }
        }
      }
    }
  }
}

extension AdditiveShape {
  /// The weights of a request, `[M, S]`.
  fileprivate func weights(_ b: Int, _ offsets: [Int]) -> Block {
    Block(offset: offsets[queries[b]], rows: queryCount(b), columns: keyCount(b))
  }

  fileprivate func values(_ b: Int, _ value: Matrix) -> Block {
    Block(offset: keys[b] * value.columns, rows: keyCount(b), columns: value.columns)
  }

  fileprivate func outputs(_ b: Int, _ value: Matrix) -> Block {
    Block(offset: queries[b] * value.columns, rows: queryCount(b), columns: value.columns)
  }
}

/// What the kernels see of queries and keys: `e^2x`.
private struct Powers {
  private let query: [Float]
  private let key: [Float]

  init(_ inputs: AdditiveInputs) {
    query = Self.powers(inputs.query.scalars)
    key = Self.powers(inputs.key.scalars)
  }

  private static func powers(_ x: [Float]) -> [Float] {
    [Float](unsafeUninitializedCapacity: x.count) { y, initialised in
      initialised = x.count
      x.withUnsafeBufferPointer { x in
        guard let x = x.baseAddress, let y = y.baseAddress else { return }
        kernels.pointee.additive_powers(x, y, initialised)
      }
    }
  }

  /// Calls `body` for every request that has queries.
  func withKernels(
    _ shape: AdditiveShape, _ v: Matrix, _ body: (_ request: Int, fader_additive) -> Void
  ) {
    query.withUnsafeBufferPointer { query in
      key.withUnsafeBufferPointer { key in
        v.scalars.withUnsafeBufferPointer { v in
          guard let query = query.baseAddress, let key = key.baseAddress, let v = v.baseAddress
          else { return }
          for b in 0..<shape.requests where shape.queryCount(b) > 0 {
            body(
              b,
              fader_additive(
                query: query + shape.queries[b] * shape.width,
                key: key + shape.keys[b] * shape.width, v: v, queries: shape.queryCount(b),
                keys: shape.keyCount(b), a: shape.width))
          }
        }
      }
    }
  }
}
