/// One list's row of pointer attention: all candidates of its request against one query.
struct PointerRow {
  /// Candidates handled together, so that a register of the generated weights serves all of them.
  static let group = 8

  /// `[M, A]`
  let key: Input
  /// `[A]`
  let query: Input
  /// `[M, L]`
  let local: Input
  /// `[A]`
  let v: Input
  /// `[L, A]`
  let weights: Input
  let a: Int
  let l: Int

  /// Scores of the candidates in `open`, whose count is a multiple of the group.
  func score(_ open: OpenEntries, into scores: Output) {
    var at = 0
    while at < open.padded {
      let candidates = open.group(at)
      var sums = InlineArray<8, Lanes>(repeating: .zero)
      var column = 0
      while column < a {
        let h = hidden(candidates, column)
        let weight = load(v, column)
        for r in 0..<8 {
          sums[r] = fused(weight, h[r].replacing(with: 0, where: h[r] .< 0), sums[r])
        }
        column &+= 16
      }
      for r in 0..<8 { scores[candidates[r]] = total(sums[r]) }
      at &+= Self.group
    }
  }

  /// Adds the gradients of the scores of the candidates in `open`.
  func addPullback(
    _ open: OpenEntries, _ gradient: Input, key dKey: Output, query dQuery: Output, v dV: Output,
    weights dWeights: Output
  ) {
    var at = 0
    while at < open.padded {
      let candidates = open.group(at)
      var g = InlineArray<8, Float>(repeating: 0)
      // The last group is filled up with candidates that count once already.
      for r in 0..<8 { g[r] = at &+ r < open.count ? gradient[candidates[r]] : 0 }
      var column = 0
      while column < a {
        let h = hidden(candidates, column)
        let weight = load(v, column)
        var vSum = load(dV, column)
        var querySum = load(dQuery, column)
        var back = InlineArray<8, Lanes>(repeating: .zero)
        for r in 0..<8 {
          let off = h[r] .<= 0
          vSum = fused(Lanes(repeating: g[r]), h[r].replacing(with: 0, where: off), vSum)
          back[r] = (weight * g[r]).replacing(with: 0, where: off)
          querySum += back[r]
        }
        store(vSum, dV, column)
        store(querySum, dQuery, column)
        for j in 0..<l {
          let cell = j &* a &+ column
          var sum = load(dWeights, cell)
          for r in 0..<8 {
            sum = fused(Lanes(repeating: local[candidates[r] &* l &+ j]), back[r], sum)
          }
          store(sum, dWeights, cell)
        }
        for r in 0..<8 {
          let place = candidates[r] &* a &+ column
          store(load(dKey, place) + back[r], dKey, place)
        }
        column &+= 16
      }
      at &+= Self.group
    }
  }

  /// `key_i + query + sum_l local_il W_l` of eight candidates, sixteen columns from `column` on.
  @inline(__always)
  private func hidden(
    _ candidates: InlineArray<8, Int>, _ column: Int
  ) -> InlineArray<8, Lanes> {
    let shared = load(query, column)
    var h = InlineArray<8, Lanes>(repeating: .zero)
    for r in 0..<8 { h[r] = load(key, candidates[r] &* a &+ column) + shared }
    for j in 0..<l {
      let row = load(weights, j &* a &+ column)
      for r in 0..<8 {
        h[r] = fused(Lanes(repeating: local[candidates[r] &* l &+ j]), row, h[r])
      }
    }
    return h
  }
}

/// The entries of a row that are looked at, counted from its start, filled up to whole groups with
/// the last one.
struct OpenEntries {
  let entries: UnsafePointer<Int>
  let count: Int

  var padded: Int { (count + PointerRow.group - 1) / PointerRow.group * PointerRow.group }

  @inline(__always)
  func group(_ at: Int) -> InlineArray<8, Int> {
    var result = InlineArray<8, Int>(repeating: 0)
    for r in 0..<8 { result[r] = entries[at &+ r] }
    return result
  }
}

/// Calls `body` with the request, the row, the row's first entry and its open entries, for every
/// row that has any.
@inline(__always)
func withOpenEntries(
  _ shape: PointerShape, where isOpen: (Int) -> Bool,
  _ body: (_ request: Int, _ row: Int, _ entry: Int, _ open: OpenEntries) -> Void
) {
  var most = 0
  for b in 0..<shape.requests { most = max(most, shape.offsets[b + 1] - shape.offsets[b]) }
  withUnsafeTemporaryAllocation(of: Int.self, capacity: most + PointerRow.group) { buffer in
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
        for filler in count..<count + PointerRow.group { list[filler] = list[count - 1] }
        body(b, b * shape.lists + k, entry, OpenEntries(entries: list, count: count))
      }
    }
  }
}
