import Foundation
import RandomStreams
import Statistics
import Testing

@Suite struct NDCGTests {
  @Test func matchesAValueWorkedByHand() throws {
    // DCG 3/1 + 0 + 1/2; ideal 3/1 + 2/log2(3) + 1/2.
    let value = try #require(ndcg([3, 0, 1], candidates: [1, 0, 2, 3]))
    #expect(abs(value - 3.5 / (3.5 + 2 / log2(3.0))) < 1e-12)
    #expect(discountedCumulativeGain([3, 0, 1]) == 3.5)
    #expect(discountedCumulativeGain([3, 0, 1], at: 2) == 3)
  }

  @Test func theIdealOrderHasNDCGOne() {
    #expect(ndcg([5, 3, 3, 1, 0]) == 1)
    #expect(ndcg([5, 3], candidates: [0, 3, 1, 5, 3]) == 1)
    #expect(ndcg([0, 0, 7]) == 0.5)
  }

  @Test func emptyListsAndNothingToGain() {
    #expect(ndcg([]) == nil)
    #expect(ndcg([], candidates: [1, 2], at: 2) == 0)
    #expect(ndcg([0, 0]) == nil)
    #expect(ndcg([1, -1]) == nil)
    #expect(ndcg([1, .nan]) == nil)
    #expect(ndcg([1, .infinity]) == nil)
    #expect(discountedCumulativeGain([]) == 0)
  }

  @Test func aShortListIsJudgedAgainstKItems() throws {
    let value = try #require(ndcg([1], candidates: [1, 1, 1], at: 2))
    #expect(abs(value - 1 / (1 + 1 / log2(3.0))) < 1e-12)
  }

  @Test func paddingIsNeverRead() {
    let bare = ndcg([0, 2, 1], at: 2)
    #expect(bare == ndcg([0, 2, 1, .nan], at: 2, mask: [true, true, true, false]))
    #expect(bare == ndcg([.nan, 0, 2, 1], at: 2, mask: [false, true, true, true]))
    #expect(ndcg([.nan], mask: [false]) == nil)
  }

  @Test(arguments: 1...6 as ClosedRange<UInt64>)
  func liesInBoundsAndAgreesWithTheBestOfAllOrders(seed: UInt64) throws {
    var random = RandomStream(seed: seed, "ndcg")
    let gains = (0..<6).map { _ in Double(random.below(4)) } + [1]
    for k in 1...4 {
      var best = 0.0
      for order in orders(of: 7, length: k) {
        let sum = order.enumerated().reduce(0.0) { total, entry in
          total + gains[entry.element] * log(2) / log(Double(entry.offset + 2))
        }
        best = max(best, sum)
      }
      let reached = gains.prefix(k).enumerated().reduce(0.0) { total, entry in
        total + entry.element * log(2) / log(Double(entry.offset + 2))
      }
      let value = try #require(ndcg(gains, at: k))
      #expect(abs(value - reached / best) < 1e-12)
      #expect(value >= 0 && value <= 1)
    }
  }
}
