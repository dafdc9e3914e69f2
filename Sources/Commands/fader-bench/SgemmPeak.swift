import Benchmarking
import Tensors

/// What this machine multiplies right now: GFLOP/s of single-threaded square products, one per
/// worker at the same time, since clocks drop when all cores work.
struct SgemmPeak {
  /// Small enough for the second-level cache, large enough to reach the peak; the best counts.
  static let sizes = [256, 384, 512]
  /// Seconds per size.
  static let window = 0.05

  let workers: Workers

  /// Sum over the workers, of the best size, by our own product or by OpenBLAS: it may not know the
  /// processor, and we may be the slower ones.
  func measure() -> Double {
    let own = Self.sizes.map { size in
      gigaflops(size) { a, c in c.setProduct(a, a) }
    }
    let yardstick = Self.sizes.map { size in
      gigaflops(size) { a, c in c = OpenBLAS.product(a, a) ?? c }
    }
    return (own + yardstick).max() ?? 0
  }

  /// Runs `body` between two measurements, and gives their mean.
  func around<Result>(_ body: () throws -> Result) rethrows -> (result: Result, peak: Double) {
    let before = measure()
    let result = try body()
    return (result, (before + measure()) / 2)
  }

  /// By the median product, so that a moment in which another program has the core is no part of it.
  private func gigaflops(
    _ size: Int, _ product: @Sendable (Matrix, inout Matrix) -> Void
  ) -> Double {
    workers.map(workers.count) { _ -> Double in
      let a = Matrix(rows: size, columns: size, repeating: 0.5)
      var c = Matrix(rows: size, columns: size)
      product(a, &c)
      let end = ContinuousClock.now + .seconds(Self.window)
      var times: [Double] = []
      repeat { times.append(seconds { product(a, &c) }) } while ContinuousClock.now < end
      let n = Double(size)
      return 2 * n * n * n / Statistics.median(times) / 1e9
    }.reduce(0, +)
  }
}
