import Networks
import Testing

@Suite struct LearningRateTests {
  @Test func risesLinearlyThenFallsAlongHalfACosine() {
    let rate = LearningRate(peak: 0.4, warmup: 4, floor: 0.1)
    let values = [0, 1, 3, 4, 9, 14, 20].map { rate.rate(step: $0, of: 14) }
    // Half-way down the cosine: 0.4 (0.1 + 0.9 / 2).
    let expected: [Float] = [0.1, 0.2, 0.4, 0.4, 0.22, 0.04, 0.04]
    for (value, wanted) in zip(values, expected) { #expect(abs(value - wanted) < 1e-6) }
  }

  @Test func withoutAWarmUpItStartsAtThePeak() {
    #expect(LearningRate(peak: 0.3, warmup: 0, floor: 0).rate(step: 0, of: 10) == 0.3)
  }

  @Test(arguments: [(1, 0), (3, 5), (20, 20), (100, 20)])
  func staysWithinItsBounds(total: Int, warmup: Int) {
    let rate = LearningRate(peak: 0.5, warmup: warmup, floor: 0.2)
    for step in 0..<total {
      let value = rate.rate(step: step, of: total)
      #expect(value > 0 && value <= 0.5)
      if step >= warmup { #expect(value >= 0.1 - 1e-6) }
    }
  }
}
