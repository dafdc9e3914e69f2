import CKernels

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
            left, right, into: result,
            start: accumulating ? FADER_START_RESULT : FADER_START_ZERO, rectified: rectified)
          return
        }
        bias.withUnsafeBufferPointer { bias in
          guard let bias = bias.baseAddress else { return }
          product.run(
            left, right, into: result, start: FADER_START_BIAS, bias: bias, rectified: rectified)
        }
      }
    }
  }
}

/// The sizes of one product, and where its factors lie.
struct Product {
  let m: Int
  let n: Int
  let k: Int
  let aBlock: Block
  let bBlock: Block
  let cBlock: Block
  let isLeftTransposed: Bool
  let isRightTransposed: Bool

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

  func run(
    _ a: Input, _ b: Input, into c: Output, start: fader_start, bias: Input? = nil,
    rectified: Bool
  ) {
    var product = fader_product(
      m: m, n: n, k: k,
      left: fader_left(
        base: a + aBlock.offset, row: isLeftTransposed ? 1 : aBlock.stride,
        step: isLeftTransposed ? aBlock.stride : 1),
      right: fader_right(
        base: b + bBlock.offset, stride: bBlock.stride, transposed: isRightTransposed),
      result: fader_result(
        base: c + cBlock.offset, stride: cBlock.stride, start: start, bias: bias,
        rectified: rectified))
    if OpenBLAS.takes(self) {
      OpenBLAS.run(self, product)
    } else {
      kernels.pointee.product(&product)
    }
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
