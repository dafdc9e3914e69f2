import RandomStreams
import Tensors
import Testing

/// Who computes large products belongs to a process, so each test has its own.
@Suite struct LargeProductTests {
  /// `bias + a b`, rectified, in a block with a margin; and what accumulating makes of it.
  private static func results(transposed: Bool) -> [[Float]] {
    var random = RandomStream(seed: 3, "large products")
    let (m, n, k) = (512, 1031, 1024)
    let (a, b) = (random.floats(m * k), random.floats(k * n))
    let bias = random.floats(n)
    let left = transposed ? Block(rows: k, columns: m) : Block(rows: m, columns: k)
    let right = transposed ? Block(rows: n, columns: k) : Block(rows: k, columns: n)
    let target = Block(offset: 2, rows: m, columns: n, stride: n + 3)
    var c = [Float](repeating: 9, count: 2 + m * (n + 3))
    multiply(
      a, left, transposed: transposed, b, right, secondTransposed: transposed, into: &c, target,
      bias: bias, rectified: true)
    let first = c
    multiply(
      a, left, transposed: transposed, b, right, secondTransposed: transposed, into: &c, target,
      accumulating: true)
    return [first, c]
  }

  @Test func openBLASComputesWhatOurKernelsDo() async {
    await #expect(processExitsWith: .success) {
      for transposed in [false, true] {
        OpenBLAS.takeLargeProducts(false)
        let expected = Self.results(transposed: transposed)
        try #require(OpenBLAS.takeLargeProducts(), "no OpenBLAS here")
        let found = Self.results(transposed: transposed)
        #expect(found != expected, "it has an order of its own, or was not asked")
        for (one, other) in zip(found, expected) { #expect(distance(one, other) < 2e-3) }
      }
    }
  }
}
