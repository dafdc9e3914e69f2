import RandomStreams
import Statistics
import Testing

@Suite struct WelfordTests {
  @Test func matchesAValueWorkedByHand() {
    var stream = Welford()
    for value in [2.0, 4, 4, 4, 5, 5, 7, 9] { stream.add(value) }
    #expect(stream.mean == 5)
    #expect(stream.variance == 4)
    #expect(stream.sampleVariance == 32.0 / 7)
  }

  @Test func emptyAndSingleStreams() {
    var stream = Welford()
    #expect(stream.mean == nil && stream.variance == nil && stream.sampleVariance == nil)
    stream.add(3)
    #expect(stream.mean == 3 && stream.variance == 0 && stream.sampleVariance == nil)
    let before = stream
    stream.merge(Welford())
    #expect(stream == before)
  }

  @Test(arguments: 1...5 as ClosedRange<UInt64>)
  func agreesWithTwoPassesFarFromZeroAndMerges(seed: UInt64) throws {
    var random = RandomStream(seed: seed, "welford")
    let values = (0..<500).map { _ in 1e8 + random.normal() }
    let mean = values.reduce(0, +) / 500
    let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 500
    var whole = Welford()
    var left = Welford()
    var right = Welford()
    for (i, value) in values.enumerated() {
      whole.add(value)
      if i < 123 { left.add(value) } else { right.add(value) }
    }
    left.merge(right)
    for stream in [whole, left] {
      #expect(stream.count == 500)
      #expect(abs(try #require(stream.mean) - mean) < 1e-6)
      #expect(abs(try #require(stream.variance) - variance) < 1e-6)
    }
  }
}
