import RandomStreams
import Tensors
import Testing

@Suite struct ElementwiseTests {
  @Test(arguments: [0, 1, 15, 16, 17, 100])
  func sumsAndMultiplesAreEntrywise(count: Int) {
    var random = RandomStream(seed: UInt64(count), "elementwise")
    let (x, before) = (random.floats(count), random.floats(count))
    var (sum, scaled, product) = (before, before, before)
    add(x, into: &sum)
    add(x, scaledBy: 0.5, into: &scaled)
    scale(&product, by: -3)
    #expect(sum == zip(before, x).map { $0 + $1 })
    #expect(distance(scaled, zip(before, x).map { $0 + 0.5 * $1 }) < 1e-6)
    #expect(product == before.map { $0 * -3 })
  }

  @Test(arguments: [0, 1, 17, 4096, 50_000])
  func theSumOfSquaresIsThatOfDoubles(count: Int) {
    var random = RandomStream(seed: UInt64(count), "squares")
    let x = random.floats(count)
    let expected = x.reduce(0) { $0 + Double($1) * Double($1) }
    #expect(abs(sumOfSquares(x) - expected) <= 1e-6 * expected)
  }

  @Test func productsAreEntrywise() {
    var random = RandomStream(seed: 1, "product")
    for columns in [0, 1, 16, 19] {
      let (x, z) = (random.matrix(3, columns), random.matrix(3, columns))
      #expect(product(x, z).scalars == zip(x.scalars, z.scalars).map { $0 * $1 })
    }
  }

  @Test func differentLengthsAreRefused() async {
    await #expect(processExitsWith: .failure) {
      var y: [Float] = [1]
      add([1, 2], into: &y)
    }
  }
}
