import CKernels

/// Sizes of attention inside lists.
package struct AttentionShape: Sendable {
  /// N
  let slots: Int
  let heads: Int
  let lengths: [Int]
  /// C
  let width: Int
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
    (slots, self.heads, self.lengths, width) = (n, heads, lengths, c)
    self.picked = picked
  }

  /// Every row that is read must be there.
  func check(_ qkv: Matrix) {
    precondition(qkv.columns == 3 * width, "\(qkv.columns) columns for a width of \(width)")
    guard let picked else {
      precondition(qkv.rows == lengths.count * slots, "\(qkv.rows) rows are other lists")
      return
    }
    for (b, length) in lengths.enumerated() {
      precondition(
        picked[b * slots..<b * slots + length].allSatisfy { $0 >= 0 && $0 < qkv.rows },
        "list \(b) attends to rows outside \(qkv.rows)")
    }
  }

  /// Calls `body` for every list that has slots, with what the kernels need: where its queries, keys
  /// and values lie, and scratch memory.
  ///
  /// - Parameter qkv: the first row of all lists, or of those that are picked from.
  func withLists(
    _ qkv: Input, _ body: (_ list: Int, _ shape: fader_attention, _ scratch: Output) -> Void
  ) {
    let head = width / heads
    let room = Int(FADER_PANELS) * fader_panel_size(slots, head)
    withUnsafeTemporaryAllocation(of: Float.self, capacity: max(1, room)) { scratch in
      guard let scratch = scratch.baseAddress else { return }
      for b in lengths.indices where lengths[b] > 0 {
        let start = picked == nil ? qkv + b * slots * 3 * width : qkv
        withPicked { places in
          body(
            b,
            fader_attention(
              qkv: start, picked: places.map { $0 + b * slots }, slots: slots, length: lengths[b],
              heads: heads, head: head), scratch)
        }
      }
    }
  }

  private func withPicked(_ body: (UnsafePointer<Int32>?) -> Void) {
    guard let picked else { return body(nil) }
    picked.withUnsafeBufferPointer { body($0.baseAddress) }
  }
}
