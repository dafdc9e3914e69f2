/// Sizes of attention inside lists, and the small padded panels that one head of one list is
/// computed in: rows of whole registers, zeros past the end.
struct AttentionShape {
  /// N
  let slots: Int
  let heads: Int
  let lengths: [Int]
  /// C
  let width: Int
  /// Width of one head.
  let head: Int

  init(_ qkv: Matrix, slots n: Int, heads: Int, lengths: [Int]) {
    let c = qkv.columns / 3
    precondition(
      qkv.columns == 3 * c && c % heads == 0 && qkv.rows == lengths.count * n
        && lengths.allSatisfy { (0...n).contains($0) },
      "attention over \(lengths.count) lists of \(n) got [\(qkv.rows), \(qkv.columns)]")
    (slots, self.heads, self.lengths, width, head) = (n, heads, lengths, c, c / heads)
  }

  var paddedSlots: Int { (slots + 15) / 16 * 16 }
  var paddedHead: Int { (head + 15) / 16 * 16 }
  private var scale: Float { 1 / Float(head).squareRoot() }

  /// Calls `body` with that many panels, each with room for any of the shapes used.
  func withPanels(_ count: Int, _ body: ([Output]) -> Void) {
    let room = max(slots, head) * max(paddedSlots, paddedHead)
    withUnsafeTemporaryAllocation(of: Float.self, capacity: max(1, count * room)) { buffer in
      guard let base = buffer.baseAddress else { return }
      body((0..<count).map { base + $0 * room })
    }
  }

  func forEach(_ body: (_ list: Int, _ head: Int, _ length: Int) -> Void) {
    for b in lengths.indices where lengths[b] > 0 {
      for head in 0..<heads { body(b, head, lengths[b]) }
    }
  }

  /// Rows of one head, side by side in memory: `[length, padded]`.
  func pack(
    _ x: Input, _ stride: Int, _ length: Int, into y: Output, width: Int? = nil,
    padded: Int? = nil
  ) {
    let (width, padded) = (width ?? head, padded ?? paddedHead)
    for i in 0..<length {
      let (source, target) = (x + i * stride, y + i * padded)
      for j in 0..<width { target[j] = source[j] }
      for j in width..<padded { target[j] = 0 }
    }
  }

  /// The same transposed: `[head, paddedSlots]`.
  func packTransposed(_ x: Input, _ stride: Int, _ length: Int, into y: Output) {
    for j in 0..<head {
      let target = y + j * paddedSlots
      for i in 0..<length { target[i] = x[i * stride + j] }
      for i in length..<paddedSlots { target[i] = 0 }
    }
  }

  /// `y_i = sum_p left_ip right_p`: rows of `right` and `y` are `padded` wide.
  func combine(
    _ left: Input, step: Int, _ inner: Int, _ right: Input, _ padded: Int, _ rows: Int,
    into y: Output, leftStride: Int? = nil
  ) {
    var column = 0
    while column < padded {
      strip(
        InlineArray<1, Void>.self, rows: rows, inner: inner,
        LeftFactor(base: left, row: leftStride ?? paddedHead, step: step), right + column,
        rightStep: padded,
        TileResult(base: y + column, stride: padded, start: .zero, isRectified: false))
      column += 16
    }
  }

  /// Rows of scores become shares that sum to 1 over the first `length` entries.
  func softmax(_ scores: Output, _ length: Int) {
    for i in 0..<length {
      let row = scores + i * paddedSlots
      var top = row[0]
      for j in 1..<max(1, length) { top = max(top, row[j]) }
      let (scale, highest) = (Lanes(repeating: scale), Lanes(repeating: top))
      map(row, into: row, paddedSlots) { exponential(($0 - highest) * scale) }
      for j in length..<paddedSlots { row[j] = 0 }
      let share = Lanes(repeating: 1 / sumOf(row, paddedSlots))
      map(row, into: row, paddedSlots) { $0 * share }
    }
  }

  /// Gradients of the shares become those of the scores before scaling.
  func softmaxPullback(_ slopes: Output, _ shares: Input, _ length: Int) {
    for i in 0..<length {
      let (row, share) = (slopes + i * paddedSlots, shares + i * paddedSlots)
      let mean = Lanes(repeating: dot(row, share, paddedSlots))
      let scale = Lanes(repeating: scale)
      map(row, share, into: row, paddedSlots) { ($0 - mean) * $1 * scale }
    }
  }

  func unpack(
    _ x: Input, _ padded: Int, _ width: Int, _ length: Int, into y: Output, _ stride: Int
  ) {
    for i in 0..<length { (y + i * stride).update(from: x + i * padded, count: width) }
  }

  func addUnpacked(_ x: Input, _ length: Int, into y: Output, _ stride: Int) {
    for i in 0..<length { accumulate(x + i * paddedHead, into: y + i * stride, head) }
  }
}
