import Foundation
import RandomStreams
import Statistics
import Testing

@Suite struct RandomOrderTests {
  @Test func matchesValuesWorkedByHand() throws {
    // Two relevant of three: 2/3 in each rank; given one, the others are relevant with 1/2.
    let precision = try #require(expectedAveragePrecision([0, 1, 1]))
    #expect(abs(precision - 2.0 / 3 * (1 + 1.5 / 2 + 2.0 / 3) / 2) < 1e-12)
    let gain = try #require(expectedNDCG([0, 3], at: 1))
    #expect(gain == 0.5)
  }

  @Test func extremes() {
    #expect(expectedNDCG([1, 1]) == 1 && expectedAveragePrecision([1, 1]) == 1)
    #expect(expectedNDCG([1]) == 1 && expectedAveragePrecision([1]) == 1)
    #expect(expectedNDCG([0, 0]) == nil && expectedAveragePrecision([0, 0]) == nil)
    #expect(expectedNDCG([]) == nil && expectedAveragePrecision([]) == nil)
    #expect(expectedNDCG([1, -1]) == nil && expectedNDCG([1, .nan]) == nil)
  }

  @Test(arguments: 1...5 as ClosedRange<UInt64>)
  func isTheMeanOverAllOrders(seed: UInt64) throws {
    var random = RandomStream(seed: seed, "random order")
    let gains = [1] + (0..<4).map { _ in Double(random.below(3)) }
    let relevance = gains.map { min($0, 1) }
    let all = orders(of: 5, length: 5)
    for k in 1...6 {
      func mean(_ measure: ([Int]) -> Double?) -> Double {
        all.compactMap(measure).reduce(0, +) / Double(all.count)
      }
      let gain = mean { order in ndcg(order.map { gains[$0] }, at: k) }
      let precision = mean { order in averagePrecision(order.map { relevance[$0] }, at: k) }
      #expect(abs((expectedNDCG(gains, at: k) ?? .nan) - gain) < 1e-12)
      #expect(abs((expectedAveragePrecision(relevance, at: k) ?? .nan) - precision) < 1e-12)
    }
  }
}
