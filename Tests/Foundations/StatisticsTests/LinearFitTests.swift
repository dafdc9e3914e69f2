import RandomStreams
import Statistics
import Testing

@Suite struct LinearFitTests {
  @Test func findsAnExactLine() throws {
    let fit = try #require(linearFit([0, 1, 2], [1, 3, 5]))
    #expect(fit == LinearFit(slope: 2, intercept: 1, r2: 1))
    #expect(fit.value(at: 10) == 21)
  }

  @Test func matchesAValueWorkedByHand() throws {
    let fit = try #require(linearFit([1, 2, 3], [1, 3, 2]))
    #expect(abs(fit.slope - 0.5) < 1e-12)
    #expect(abs(fit.intercept - 1) < 1e-12)
    #expect(abs(try #require(fit.r2) - 0.25) < 1e-12)
  }

  @Test func degenerateInputs() {
    #expect(linearFit([1, 1], [1, 2]) == nil)
    #expect(linearFit([1], [1]) == nil)
    #expect(linearFit([], []) == nil)
    #expect(linearFit([1, 2], [1, .nan]) == nil)
    #expect(linearFit([1, 2, 3], [4, 4, 4]) == LinearFit(slope: 0, intercept: 4, r2: nil))
  }

  @Test(arguments: 1...5 as ClosedRange<UInt64>)
  func noNearbyLineHasSmallerSquaresAndR2IsTheSquaredCorrelation(seed: UInt64) throws {
    var random = RandomStream(seed: seed, "fit")
    let x = (0..<30).map { _ in random.normal() }
    let y = x.map { 2 * $0 - 1 + random.normal() }
    let fit = try #require(linearFit(x, y))
    let squares = { (slope: Double, intercept: Double) in
      zip(x, y).reduce(0.0) { total, point in
        let residual = point.1 - intercept - slope * point.0
        return total + residual * residual
      }
    }
    let best = squares(fit.slope, fit.intercept)
    for (ds, di) in [(0.01, 0.0), (-0.01, 0), (0, 0.01), (0, -0.01)] {
      #expect(squares(fit.slope + ds, fit.intercept + di) > best)
    }
    let r = try #require(pearson(x, y))
    #expect(abs(try #require(fit.r2) - r * r) < 1e-12)
  }
}
