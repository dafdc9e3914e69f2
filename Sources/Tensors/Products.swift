import COpenBLAS

/// One thread per product: the work is split over shards of the batch above, and BLAS threads on
/// top of those would fight for the same cores (1.9 times slower, measured).
private let blasIsSingleThreaded: Void = openblas_set_num_threads(1)

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
/// The blocks name the stored shapes, before any transposition.
package func multiply(
  _ a: [Float], _ aBlock: Block, transposed aTransposed: Bool = false,
  _ b: [Float], _ bBlock: Block, secondTransposed bTransposed: Bool = false,
  into c: inout [Float], _ cBlock: Block, accumulating: Bool = false
) {
  let m = aTransposed ? aBlock.columns : aBlock.rows
  let k = aTransposed ? aBlock.rows : aBlock.columns
  let n = bTransposed ? bBlock.rows : bBlock.columns
  let kOfB = bTransposed ? bBlock.columns : bBlock.rows
  precondition(
    k == kOfB && cBlock.rows == m && cBlock.columns == n,
    "product [\(m), \(k)] x [\(kOfB), \(n)] into [\(cBlock.rows), \(cBlock.columns)]")
  precondition(
    aBlock.fits(a.count) && bBlock.fits(b.count) && cBlock.fits(c.count),
    "block outside its array")
  guard m > 0 && n > 0 else { return }
  _ = blasIsSingleThreaded
  a.withUnsafeBufferPointer { a in
    b.withUnsafeBufferPointer { b in
      c.withUnsafeMutableBufferPointer { c in
        guard let cBase = c.baseAddress else { return }
        guard k > 0, let aBase = a.baseAddress, let bBase = b.baseAddress else {
          if !accumulating {
            for row in 0..<m {
              (cBase + cBlock.offset + row * cBlock.stride).update(repeating: 0, count: n)
            }
          }
          return
        }
        cblas_sgemm(
          CblasRowMajor, aTransposed ? CblasTrans : CblasNoTrans,
          bTransposed ? CblasTrans : CblasNoTrans, blasint(m), blasint(n), blasint(k), 1,
          aBase + aBlock.offset, blasint(aBlock.stride), bBase + bBlock.offset,
          blasint(bBlock.stride), accumulating ? 1 : 0, cBase + cBlock.offset,
          blasint(cBlock.stride))
      }
    }
  }
}

extension Matrix {
  package var block: Block { Block(rows: rows, columns: columns) }

  /// `self = op(a) op(b)`, or `self += ...` when accumulating.
  package mutating func setProduct(
    _ a: Matrix, transposed aTransposed: Bool = false, _ b: Matrix,
    secondTransposed bTransposed: Bool = false, accumulating: Bool = false
  ) {
    let own = block
    multiply(
      a.scalars, a.block, transposed: aTransposed, b.scalars, b.block,
      secondTransposed: bTransposed,
      into: &scalars, own, accumulating: accumulating)
  }
}
