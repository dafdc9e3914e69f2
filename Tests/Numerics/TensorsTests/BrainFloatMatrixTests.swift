import RandomStreams
import Tensors
import Testing

@Suite struct BrainFloatMatrixTests {
  /// The nearest Float whose lower half is 0, found by its neighbours; not for NaN.
  private func nearest(_ value: Float) -> Float {
    let below = Float(bitPattern: value.bitPattern & 0xffff_0000)
    let above = Float(bitPattern: (value.bitPattern & 0xffff_0000) + 0x10000)
    // Beyond the largest number lies what would be the next power of two.
    let next = above.isFinite ? Double(above) : value < 0 ? -0x1p128 : 0x1p128
    let (down, up) = (abs(Double(value) - Double(below)), abs(next - Double(value)))
    if down == up { return below.bitPattern >> 16 & 1 == 0 ? below : above }
    return down < up ? below : above
  }

  @Test(
    arguments: [
      (1, 0x3f80), (-2, 0xc000), (0, 0), (-0.0, 0x8000),
      // Halfway between two: to the even one. A little off halfway: to the nearer.
      (0x1.01p0, 0x3f80), (0x1.03p0, 0x3f82), (0x1.0102p0, 0x3f81), (0x1.02fep0, 0x3f81),
      (-0x1.01p0, 0xbf80), (-0x1.03p0, 0xbf82),
      // The fraction runs over into the exponent.
      (0x1.ffp0, 0x4000), (0x1.ffp127, 0x7f80), (0x1.fefffep127, 0x7f7f),
      (.infinity, 0x7f80), (-.infinity, 0xff80),
      // Subnormal numbers: steps of 0x1p-133.
      (0x1p-133, 1), (0x1p-134, 0), (0x1.8p-133, 2), (0x1p-149, 0),
      (Float(bitPattern: 0x8000_8001), 0x8001),
      (Float(bitPattern: 0x007f_ffff), 0x80),
    ] as [(Float, UInt16)])
  func roundsToTheNearestTiesToEven(value: Float, pattern: UInt16) {
    #expect(BrainFloatMatrix.rounded(value) == pattern)
  }

  @Test func notANumberStaysSo() {
    for bits: UInt32 in [0x7fc0_0000, 0x7f80_0001, 0x7fff_ffff, 0xff80_0001, 0xffff_ffff] {
      let kept = Float(
        bitPattern: UInt32(BrainFloatMatrix.rounded(Float(bitPattern: bits))) << 16)
      #expect(kept.isNaN)
    }
  }

  @Test(arguments: seeds)
  func numbersOfAllSizesAreRoundedToANeighbour(seed: UInt64) {
    var random = RandomStream(seed: seed, "brain floats")
    for _ in 0..<20_000 {
      let value = Float(bitPattern: UInt32(random.below(1 << 32)))
      guard !value.isNaN, value.isFinite else { continue }
      let rounded = Float(bitPattern: UInt32(BrainFloatMatrix.rounded(value)) << 16)
      #expect(rounded.bitPattern == nearest(value).bitPattern)
    }
  }

  /// Bit for bit, with and without tails, with few and many rows that count.
  @Test(arguments: [
    (0, 40), (1, 1), (3, 16), (8, 17), (9, 31), (16, 32), (17, 33), (40, 48), (64, 63), (64, 2000),
  ])
  func theProductIsThatOfTheRoundedNumbers(rows: Int, columns: Int) {
    var random = RandomStream(seed: UInt64(rows * 7919 + columns), "brain float product")
    let matrix = random.matrix(rows, columns)
    let factors = (0..<rows).map { _ in random.below(2) == 0 ? 0 : Float(random.normal()) }
    let low = BrainFloatMatrix(matrix)
    var rounded = matrix
    var expected = Matrix(rows: 1, columns: columns)
    for row in 0..<rows {
      for column in 0..<columns {
        rounded[row, column] = nearest(matrix[row, column])
        #expect(low[row, column] == rounded[row, column])
        expected[0, column].addProduct(factors[row], rounded[row, column])
      }
    }
    if Processor.level == .baseline {
      // There a multiply-add may have two roundings.
      #expect(distance(low.product(factors).scalars, expected.scalars) < 1e-5)
    } else {
      #expect(low.product(factors) == expected)
    }
    guard rows > 0 else { return }
    var product = Matrix(rows: 1, columns: columns)
    product.setProduct(Matrix(rows: 1, columns: rows, scalars: factors), rounded)
    if columns >= 64 { #expect(low.product(factors) == product) }
  }

  @Test func infiniteAndMissingNumbersComeThrough() {
    var matrix = Matrix(rows: 2, columns: 40, repeating: 1)
    matrix[0, 3] = .infinity
    matrix[1, 39] = .nan
    let low = BrainFloatMatrix(matrix)
    let both = low.product([1, 2])
    #expect(both[0, 3] == .infinity && both[0, 39].isNaN && both[0, 0] == 3)
    // A row without a factor is not read.
    #expect(low.product([1, 0])[0, 39] == 1)
  }
}
