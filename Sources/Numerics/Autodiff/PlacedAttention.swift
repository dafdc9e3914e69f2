package import Tensors

extension Tape {
  /// Inner products of all pairs of rows inside each request: `a [R, D]`, `b [R, D]` ->
  /// `[1, sum_b M_b M_b]`, row by row of a.
  package func requestProducts(_ a: Variable, _ b: Variable, offsets: [Int]) -> Variable {
    let (first, second) = (value(a), value(b))
    precondition(
      first.hasShape(of: second) && first.rows == offsets.last, "products of other rows")
    let starts = squareOffsets(offsets)
    let d = first.columns
    func rows(_ r: Int) -> Block {
      Block(offset: offsets[r] * d, rows: offsets[r + 1] - offsets[r], columns: d)
    }
    func square(_ r: Int) -> Block {
      let m = offsets[r + 1] - offsets[r]
      return Block(offset: starts[r], rows: m, columns: m)
    }
    let requests = offsets.count - 1
    var output = Matrix(uninitialisedRows: 1, columns: starts[requests])
    for r in 0..<requests where offsets[r] < offsets[r + 1] {
      multiply(
        first.scalars, rows(r), second.scalars, rows(r), secondTransposed: true,
        into: &output.scalars, square(r))
    }
    guard recording else { return constant(output) }
    return record(output, from: [a, b]) { gradient, gradients in
      gradients.add(to: a) { da in
        for r in 0..<requests where offsets[r] < offsets[r + 1] {
          multiply(
            gradient.scalars, square(r), second.scalars, rows(r), into: &da.scalars, rows(r),
            accumulating: true)
        }
      }
      gradients.add(to: b) { db in
        for r in 0..<requests where offsets[r] < offsets[r + 1] {
          multiply(
            gradient.scalars, square(r), transposed: true, first.scalars, rows(r),
            into: &db.scalars, rows(r), accumulating: true)
        }
      }
    }
  }

  /// What placed items do to each entry of the pointer; see `Tensors.placedAttention`.
  ///
  /// `logits` and `gains` of all pairs, as `requestProducts` makes them -> `[1, entries]`.
  package func placedAttention(
    _ shape: PlacedShape, logits: Variable, gains: Variable, lists: [[Int]]
  ) -> Variable {
    let (pairs, gain) = (value(logits), value(gains))
    let scores = Tensors.placedAttention(
      shape, logits: pairs.scalars, gains: gain.scalars, lists: lists)
    let output = Matrix(rows: 1, columns: scores.count, scalars: scores)
    guard recording else { return constant(output) }
    return record(output, from: [logits, gains]) { gradient, gradients in
      var dLogits = gradients.takeOrZeros(logits)
      var dGains = gradients.takeOrZeros(gains)
      addPlacedAttentionPullback(
        shape, gradient: gradient.scalars, logits: pairs.scalars, gains: gain.scalars,
        lists: lists, output: scores, intoLogits: &dLogits.scalars, gains: &dGains.scalars)
      gradients.add(dLogits, to: logits)
      gradients.add(dGains, to: gains)
    }
  }
}
