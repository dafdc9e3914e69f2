import CKernels
import COpenBLAS
import Synchronization

/// OpenBLAS, where the machine has it: the engine of large products, and the yardstick and the
/// oracle of our own.
package enum OpenBLAS {
  /// Loaded at the first use, with the kernels of the level in use: old versions do not know every
  /// processor.
  private static let isLoaded = fader_blas_load(core(for: Processor.level))

  private static let takesLargeProducts = Atomic(false)

  /// Hands it the large products from now on, in the whole process, or takes them back. To be called
  /// at the start of a program, before there are other threads.
  ///
  /// - Returns: false where the machine does not have it; our own kernels then do all products.
  @discardableResult
  package static func takeLargeProducts(_ takes: Bool = true) -> Bool {
    takesLargeProducts.store(takes && isLoaded, ordering: .relaxed)
    return isLoaded
  }

  /// The kernels that it chose for this processor, nil where the machine does not have it.
  package static var core: String? { isLoaded ? String(cString: fader_blas_core()) : nil }

  /// Whether it is the one to compute a product of that shape: nothing but the shape decides, so the
  /// same seed gives the same bytes.
  static func takes(_ product: Product) -> Bool {
    product.isLarge && takesLargeProducts.load(ordering: .relaxed)
  }

  /// `a b`, nil where the machine does not have it.
  package static func product(_ a: Matrix, _ b: Matrix) -> Matrix? {
    precondition(a.columns == b.rows, "product of widths \(a.columns) and \(b.rows)")
    guard isLoaded else { return nil }
    var c = Matrix(rows: a.rows, columns: b.columns)
    guard a.rows > 0, a.columns > 0, b.columns > 0 else { return c }
    let width = b.columns
    a.scalars.withUnsafeBufferPointer { left in
      b.scalars.withUnsafeBufferPointer { right in
        c.scalars.withUnsafeMutableBufferPointer { c in
          guard let left = left.baseAddress, let right = right.baseAddress,
            let c = c.baseAddress
          else { return }
          fader_blas_product(
            a.rows, width, a.columns,
            fader_blas_factor(base: left, stride: a.columns, transposed: false),
            fader_blas_factor(base: right, stride: width, transposed: false), c, width, false)
        }
      }
    }
    return c
  }

  /// A product with what it starts from and how it ends, which OpenBLAS does not do in one go.
  static func run(_ sizes: Product, _ product: fader_product) {
    let (result, width) = (product.result, product.n)
    for row in 0..<(result.start == FADER_START_BIAS ? product.m : 0) {
      guard let bias = result.bias else { break }
      (result.base + row * result.stride).update(from: bias, count: width)
    }
    fader_blas_product(
      product.m, product.n, product.k,
      fader_blas_factor(
        base: product.left.base, stride: sizes.aBlock.stride, transposed: sizes.isLeftTransposed),
      fader_blas_factor(
        base: product.right.base, stride: sizes.bBlock.stride, transposed: sizes.isRightTransposed),
      result.base, result.stride, result.start != FADER_START_ZERO)
    guard result.rectified else { return }
    for row in 0..<product.m {
      let numbers = result.base + row * result.stride
      kernels.pointee.activate(FADER_RELU, numbers, numbers, product.n)
    }
  }

  private static func core(for level: Processor.Level) -> String? {
    switch level {
    case .avx512: "SKYLAKEX"
    case .avx2: "HASWELL"
    case .baseline: nil
    }
  }
}

extension Product {
  /// Whether OpenBLAS with the right kernels is faster than ours, whatever the processor.
  var isLarge: Bool {
    m >= 256 && m * n * k >= 1 << 29
  }
}
