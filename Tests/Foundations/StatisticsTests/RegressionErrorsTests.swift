import RandomStreams
import Statistics
import Testing

@Suite struct RegressionErrorsTests {
  @Test func matchValuesWorkedByHand() {
    let p = [1.0, 2, 3]
    let t = [1.5, 2, 0]
    #expect(meanSquaredError(predictions: p, targets: t) == (0.25 + 9) / 3)
    #expect(meanAbsoluteError(predictions: p, targets: t) == 3.5 / 3)
    #expect(huberLoss(predictions: p, targets: t) == (0.125 + 2.5) / 3)
    #expect(huberLoss(predictions: p, targets: t, delta: 2) == (0.125 + 4) / 3)
  }

  @Test func maskedEntriesAreNeverReadAndNothingGivesNil() {
    let p = [1.0, .nan]
    let mask = [true, false]
    #expect(meanSquaredError(predictions: p, targets: [3, 0], mask: mask) == 4)
    #expect(meanAbsoluteError(predictions: p, targets: [3, 0], mask: mask) == 2)
    #expect(huberLoss(predictions: p, targets: [3, 0], mask: mask) == 1.5)
    #expect(meanSquaredError(predictions: p, targets: p, mask: [false, false]) == nil)
    #expect(huberLoss(predictions: [], targets: []) == nil)
  }

  @Test(arguments: 1...5 as ClosedRange<UInt64>)
  func huberLiesBelowHalfTheSquareAndJoinsSmoothly(seed: UInt64) throws {
    var random = RandomStream(seed: seed, "huber")
    let zero = [0.0]
    for _ in 0..<50 {
      let error = [4 * random.normal()]
      let huber = try #require(huberLoss(predictions: error, targets: zero))
      let square = try #require(meanSquaredError(predictions: error, targets: zero))
      #expect(huber <= square / 2 + 1e-12)
      #expect(huber <= abs(error[0]))
    }
    let below = try #require(huberLoss(predictions: [1 - 1e-9], targets: zero))
    let above = try #require(huberLoss(predictions: [1 + 1e-9], targets: zero))
    #expect(abs(above - below) < 1e-8)
  }
}
