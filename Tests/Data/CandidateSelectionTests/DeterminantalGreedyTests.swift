import CandidateSelection
import Foundation
import Testing

@Suite struct DeterminantalGreedyTests {
  /// By definition: the item with the largest determinant of `diag(exp(a r)) S diag(exp(a r))`.
  static func slow(_ items: Similarities, tradeOff: Double, length: Int) -> [Int] {
    let a = tradeOff / (2 * (1 - tradeOff))
    let quality = items.relevance.map { exp(a * $0) }
    var list: [Int] = []
    for _ in 0..<length {
      let open = items.byRelevance.filter { !list.contains($0) }
      let values = open.map { item in
        let all = list + [item]
        return determinant(
          all.map { i in all.map { j in quality[i] * items.between(i, j) * quality[j] } })
      }
      let winner = open.indices.reduce(0) { values[$1] > values[$0] * (1 + 1e-9) ? $1 : $0 }
      list.append(open[winner])
    }
    return list
  }

  @Test(arguments: 1...20 as ClosedRange<UInt64>)
  func listsAgreeWithDeterminants(seed: UInt64) {
    let items = Similarities(items: 14, dimensions: 8, seed: seed, copies: 2)
    for tradeOff in [0, 0.3, 0.5, 0.8, 0.95] {
      let list = determinantalGreedy(
        relevance: items.relevance, similarity: items.between, tradeOff: tradeOff, length: 6)
      #expect(list == Self.slow(items, tradeOff: tradeOff, length: 6))
    }
  }

  @Test(arguments: 1...20 as ClosedRange<UInt64>)
  func residualsAreRatiosOfDeterminants(seed: UInt64) {
    let items = Similarities(items: 10, dimensions: 7, seed: seed)
    var residuals = CholeskyResiduals(
      diagonal: (0..<10).map { items.between($0, $0) }, ranks: 5)
    func volume(_ list: [Int]) -> Double {
      determinant(list.map { i in list.map { j in items.between(i, j) } })
    }
    var list: [Int] = []
    for item in [3, 8, 0, 5, 9] {
      for i in 0..<10 where !list.contains(i) {
        let slow = volume(list + [i]) / volume(list)
        #expect(abs(residuals[i] - slow) < 1e-9)
      }
      residuals.place(item) { items.between(item, $0) }
      list.append(item)
    }
  }

  @Test func theDefinitionWithAnotherTradeOffDisagrees() {
    let differing = (1...20 as ClosedRange<UInt64>).count { seed in
      let items = Similarities(items: 14, dimensions: 8, seed: seed)
      let list = determinantalGreedy(
        relevance: items.relevance, similarity: items.between, tradeOff: 0.5, length: 6)
      return list != Self.slow(items, tradeOff: 0.6, length: 6)
    }
    #expect(differing >= 10)
  }

  @Test(arguments: 1...5 as ClosedRange<UInt64>)
  func oneIsRelevanceAloneEvenWithDuplicates(seed: UInt64) {
    let items = Similarities(items: 20, dimensions: 3, seed: seed, copies: 5)
    let list = determinantalGreedy(
      relevance: items.relevance, similarity: items.between, tradeOff: 1, length: 20)
    #expect(list == items.byRelevance)
  }

  @Test func zeroIgnoresRelevanceButForTies() {
    // Two directions: 0 and 1 along one, 2 along the other; 1 starts, as the most relevant.
    let vectors = [[1.0, 0], [1, 0], [0, 1]]
    let list = determinantalGreedy(
      relevance: [5, 9, -100],
      similarity: { vectors[$0][0] * vectors[$1][0] + vectors[$0][1] * vectors[$1][1] },
      tradeOff: 0, length: 3)
    #expect(list == [1, 2, 0])
  }

  @Test(arguments: 1...10 as ClosedRange<UInt64>)
  func pastTheRankTheRestFollowsByRelevance(seed: UInt64) {
    let items = Similarities(items: 12, dimensions: 3, seed: seed, copies: 4)
    let list = determinantalGreedy(
      relevance: items.relevance, similarity: items.between, tradeOff: 0.4, length: 12)
    #expect(list.sorted() == Array(0..<12))
    #expect(Array(list.dropFirst(3)) == items.byRelevance.filter { !list.prefix(3).contains($0) })
  }

  @Test func identicalItemsAreNotPlacedTwiceWhileOthersRemain() {
    // 0, 1 and 2 are one item three times, and by far the most relevant.
    let group = [0, 0, 0, 1, 2]
    let list = determinantalGreedy(
      relevance: [9, 9, 9, 1, 2], similarity: { group[$0] == group[$1] ? 1 : 0 },
      tradeOff: 0.9, length: 5)
    #expect(list == [0, 4, 3, 1, 2])
  }

  @Test func roundedLengthsAreTies() {
    // The vectors of 0 and 2 came out a bit longer than 1.
    let list = determinantalGreedy(
      relevance: [1, 3, 2], similarity: { $0 != $1 ? 0 : $0 == 1 ? 1 : 1 + 4e-16 },
      tradeOff: 0, length: 3)
    #expect(list == [1, 2, 0])
  }

  @Test func relevancesThatOverflowTheKernelAreOrdered() {
    // exp(a r) would be exp(500,000).
    let list = determinantalGreedy(
      relevance: [1000, 1001, 999], similarity: { $0 == $1 ? 1 : 0.5 }, tradeOff: 0.999,
      length: 3)
    #expect(list == [1, 0, 2])
  }
}
