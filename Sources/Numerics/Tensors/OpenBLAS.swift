import COpenBLAS

/// One thread per product: the work is split over shards of the batch above, and BLAS threads on
/// top of those would fight for the same cores (1.9 times slower, measured).
private let blasIsSingleThreaded: Void = openblas_set_num_threads(1)

/// OpenBLAS's product, the yardstick and the oracle of our own.
package enum OpenBLAS {
  /// The kernels that it chose for this processor; an old version takes those of a 2004 one for a
  /// processor that it does not know.
  package static var core: String { String(cString: openblas_get_corename()) }

  /// `a b`
  package static func product(_ a: Matrix, _ b: Matrix) -> Matrix {
    precondition(a.columns == b.rows, "product of widths \(a.columns) and \(b.rows)")
    var c = Matrix(rows: a.rows, columns: b.columns)
    guard a.rows > 0, a.columns > 0, b.columns > 0 else { return c }
    _ = blasIsSingleThreaded
    let shape = (m: blasint(a.rows), n: blasint(b.columns), k: blasint(a.columns))
    a.scalars.withUnsafeBufferPointer { a in
      b.scalars.withUnsafeBufferPointer { b in
        c.scalars.withUnsafeMutableBufferPointer { c in
          cblas_sgemm(
            CblasRowMajor, CblasNoTrans, CblasNoTrans, shape.m, shape.n, shape.k, 1, a.baseAddress,
            shape.k, b.baseAddress, shape.n, 0, c.baseAddress, shape.n)
        }
      }
    }
    return c
  }
}
