/// Sizes of attention inside lists, and the small padded panels that one head of one list is
/// computed in: rows of whole registers, zeros past the end.
package struct AttentionShape: Sendable {
  /// N
  let slots: Int
  let heads: Int
  let lengths: [Int]
  /// C
  let width: Int
  /// Width of one head.
  let head: Int
  private let picked: [Int32]?

  /// - Parameters:
  ///   - qkv: `[R, 3C]`.
  ///   - picked: row of qkv for every slot `[B N]`, read up to a list's length; in order when nil.
  ///   - lengths: slots of each list that take part, at most N.
  package init(
    _ qkv: Matrix, picked: [Int32]? = nil, slots n: Int, heads: Int, lengths: [Int]
  ) {
    let c = qkv.columns / 3
    precondition(
      qkv.columns == 3 * c && c % heads == 0 && (picked?.count ?? qkv.rows) == lengths.count * n
        && lengths.allSatisfy { (0...n).contains($0) },
      "attention over \(lengths.count) lists of \(n) got [\(qkv.rows), \(qkv.columns)]")
    (slots, self.heads, self.lengths, width, head) = (n, heads, lengths, c, c / heads)
    self.picked = picked
  }

  /// Row of qkv that stands in a slot.
  @inline(__always)
  func row(_ slot: Int) -> Int { picked.map { Int($0[slot]) } ?? slot }

  /// Every row that is read must be there.
  func check(_ qkv: Matrix) {
    precondition(qkv.columns == 3 * width, "\(qkv.columns) columns for a width of \(width)")
    guard let picked else { return }
    for (b, length) in lengths.enumerated() {
      precondition(
        picked[b * slots..<b * slots + length].allSatisfy { $0 >= 0 && $0 < qkv.rows },
        "list \(b) attends to rows outside \(qkv.rows)")
    }
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

  func withHeads(_ body: (_ list: Int, _ head: Int, _ length: Int) -> Void) {
    for b in lengths.indices where lengths[b] > 0 {
      for head in 0..<heads { body(b, head, lengths[b]) }
    }
  }

  /// Rows of one head, side by side in memory: `[length, padded]`.
  @inline(__always)
  func pack(
    _ length: Int, into y: Output, width: Int? = nil, padded: Int? = nil, _ row: (Int) -> Input
  ) {
    let (width, padded) = (width ?? head, padded ?? paddedHead)
    for i in 0..<length {
      let (source, target) = (row(i), y + i * padded)
      for j in 0..<width { target[j] = source[j] }
      for j in width..<padded { target[j] = 0 }
    }
  }

  /// The same transposed: `[head, paddedSlots]`.
  @inline(__always)
  func packTransposed(_ length: Int, into y: Output, _ row: (Int) -> Input) {
    let padded = paddedSlots
    for i in 0..<length {
      let source = row(i)
      for j in 0..<head { y[j * padded + i] = source[j] }
    }
    for j in 0..<head { for i in length..<padded { y[j * padded + i] = 0 } }
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

  @inline(__always)
  func addUnpacked(_ x: Input, _ length: Int, _ row: (Int) -> Output) {
    for i in 0..<length { accumulate(x + i * paddedHead, into: row(i), head) }
  }
}
