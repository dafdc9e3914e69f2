/// A rectangle inside an array: where a product reads or writes.
package struct Block: Sendable {
  package var offset: Int
  package var rows: Int
  package var columns: Int
  /// Distance between the starts of two rows.
  package var stride: Int

  package init(offset: Int = 0, rows: Int, columns: Int, stride: Int? = nil) {
    self.offset = offset
    self.rows = rows
    self.columns = columns
    self.stride = stride ?? columns
  }

  func fits(_ count: Int) -> Bool {
    let end = rows == 0 ? offset : offset + (rows - 1) * stride + columns
    return offset >= 0 && stride >= columns && end <= count
  }
}

/// `c = op(a) op(b)`, or `c += ...` when accumulating; op transposes where asked.
///
/// The blocks name the stored shapes, before any transposition. Every number of the result is summed
/// along the inner dimension in its order, so a row comes out the same whatever rows it is
/// computed with.
///
/// - Parameters:
///   - bias: a row that every row of the result starts from, in place of 0.
///   - rectified: whether negative results become 0.
package func multiply(
  _ a: [Float], _ aBlock: Block, transposed aTransposed: Bool = false,
  _ b: [Float], _ bBlock: Block, secondTransposed bTransposed: Bool = false,
  into c: inout [Float], _ cBlock: Block, accumulating: Bool = false, bias: [Float]? = nil,
  rectified: Bool = false
) {
  let product = Product(
    aBlock, transposed: aTransposed, bBlock, secondTransposed: bTransposed, into: cBlock)
  precondition(
    aBlock.fits(a.count) && bBlock.fits(b.count) && cBlock.fits(c.count)
      && (bias.map { $0.count == product.n && !accumulating } ?? true), "block outside its array")
  guard product.m > 0 && product.n > 0 else { return }
  a.withUnsafeBufferPointer { a in
    b.withUnsafeBufferPointer { b in
      c.withUnsafeMutableBufferPointer { c in
        guard let result = c.baseAddress else { return }
        // Without an inner dimension the factors are never read; any address will do.
        let (left, right) = (a.baseAddress ?? Input(result), b.baseAddress ?? Input(result))
        guard let bias else {
          product.run(
            left, right, into: result, start: accumulating ? .result : .zero, rectified: rectified)
          return
        }
        bias.withUnsafeBufferPointer { bias in
          guard let bias = bias.baseAddress else { return }
          product.run(left, right, into: result, start: .row(bias), rectified: rectified)
        }
      }
    }
  }
}

/// The sizes of one product, and how it is cut up.
struct Product {
  let m: Int
  let n: Int
  let k: Int
  private let aBlock: Block
  private let bBlock: Block
  private let cBlock: Block
  private let isLeftTransposed: Bool
  private let isRightTransposed: Bool

  /// Steps of the inner dimension per pass: a packed strip of them stays in the first-level cache.
  private static let depth = 192
  /// From this many rows on it pays to copy a strip of the right factor together.
  private static let packedRows = 32

  init(
    _ aBlock: Block, transposed: Bool, _ bBlock: Block, secondTransposed: Bool, into cBlock: Block
  ) {
    m = transposed ? aBlock.columns : aBlock.rows
    k = transposed ? aBlock.rows : aBlock.columns
    n = secondTransposed ? bBlock.rows : bBlock.columns
    let kOfRight = secondTransposed ? bBlock.columns : bBlock.rows
    precondition(
      k == kOfRight && cBlock.rows == m && cBlock.columns == n,
      "product [\(m), \(k)] x [\(kOfRight), \(n)] into [\(cBlock.rows), \(cBlock.columns)]")
    (self.aBlock, self.bBlock, self.cBlock) = (aBlock, bBlock, cBlock)
    (isLeftTransposed, isRightTransposed) = (transposed, secondTransposed)
  }

  func run(_ a: Input, _ b: Input, into c: Output, start: TileStart, rectified: Bool) {
    let left = LeftFactor(
      base: a + aBlock.offset, row: isLeftTransposed ? 1 : aBlock.stride,
      step: isLeftTransposed ? aBlock.stride : 1)
    let right = RightFactor(
      base: b + bBlock.offset, stride: bBlock.stride, isTransposed: isRightTransposed)
    if m == 1, !isRightTransposed, n >= RowProduct.width {
      // One row has no use for a strip twice: the right factor is read once, as it lies.
      RowProduct(left, right, inner: k, columns: n).run(
        into: c + cBlock.offset, start: start, rectified: rectified)
      return
    }
    var j = 0
    while j < n {
      let vectors = min(TileSize.vectors, (n - j + 15) / 16)
      let width = min(16 * vectors, n - j)
      let target = TileResult(
        base: c + cBlock.offset + j, stride: cBlock.stride, start: start.shifted(j),
        isRectified: rectified)
      if m >= Self.packedRows || isRightTransposed || width < 16 * vectors {
        runPacked(left, right, column: j, width: width, vectors: vectors, target)
      } else {
        runStrip(
          vectors, rows: m, inner: k, left, right.base + j, rightStep: right.stride, target)
      }
      j += width
    }
  }

  private func runPacked(
    _ left: LeftFactor, _ right: RightFactor, column j: Int, width: Int, vectors: Int,
    _ target: TileResult
  ) {
    let full = 16 * vectors
    let depth = min(Self.depth, k)
    // A narrow last strip is computed whole, apart from the result, which may end with it.
    let isNarrow = width < full
    let room = max(1, depth * full) + (isNarrow ? (m + 1) * full : 0)
    withUnsafeTemporaryAllocation(of: Float.self, capacity: room) { scratch in
      guard let panel = scratch.baseAddress else { return }
      var c = target
      if isNarrow { c = target.widened(width, to: full, rows: m, at: panel + depth * full) }
      var p = 0
      repeat {
        let steps = min(depth, k - p)
        pack(right, step: p, depth: steps, column: j, count: width, width: full, into: panel)
        let isLast = p + steps >= k
        let part = TileResult(
          base: c.base, stride: c.stride, start: p == 0 ? c.start : .result,
          isRectified: c.isRectified && isLast)
        runStrip(
          vectors, rows: m, inner: steps, left.from(row: 0, step: p), Input(panel),
          rightStep: full, part)
        p += steps
      } while p < k
      guard isNarrow else { return }
      for i in 0..<m {
        (target.base + i * target.stride).update(from: c.base + i * full, count: width)
      }
    }
  }

  private func runStrip(
    _ vectors: Int, rows: Int, inner: Int, _ left: LeftFactor, _ right: Input, rightStep: Int,
    _ c: TileResult
  ) {
    switch vectors {
    case 1:
      strip(
        InlineArray<1, Void>.self, rows: rows, inner: inner, left, right, rightStep: rightStep, c)
    case 2:
      strip(
        InlineArray<2, Void>.self, rows: rows, inner: inner, left, right, rightStep: rightStep, c)
    default:
      strip(
        InlineArray<3, Void>.self, rows: rows, inner: inner, left, right, rightStep: rightStep, c)
    }
  }
}

extension TileStart {
  fileprivate func shifted(_ columns: Int) -> TileStart {
    guard case .row(let base) = self else { return self }
    return .row(base + columns)
  }
}

extension TileResult {
  /// The same tile in `scratch`, with room for full registers: `[rows + 1, full]`, the last row for
  /// the bias.
  fileprivate func widened(_ width: Int, to full: Int, rows: Int, at scratch: Output) -> TileResult
  {
    var start = start
    switch start {
    case .zero: break
    case .result:
      for i in 0..<rows {
        (scratch + i * full).update(from: base + i * stride, count: width)
        (scratch + i * full + width).update(repeating: 0, count: full - width)
      }
    case .row(let bias):
      let row = scratch + rows * full
      row.update(from: bias, count: width)
      (row + width).update(repeating: 0, count: full - width)
      start = .row(Input(row))
    }
    return TileResult(base: scratch, stride: full, start: start, isRectified: isRectified)
  }
}

extension Matrix {
  package var block: Block { Block(rows: rows, columns: columns) }

  /// `self = op(a) op(b)`, or `self += ...` when accumulating.
  package mutating func setProduct(
    _ a: Matrix, transposed aTransposed: Bool = false, _ b: Matrix,
    secondTransposed bTransposed: Bool = false, accumulating: Bool = false, bias: Matrix? = nil,
    rectified: Bool = false
  ) {
    let own = block
    multiply(
      a.scalars, a.block, transposed: aTransposed, b.scalars, b.block,
      secondTransposed: bTransposed,
      into: &scalars, own, accumulating: accumulating, bias: bias?.scalars, rectified: rectified)
  }
}
