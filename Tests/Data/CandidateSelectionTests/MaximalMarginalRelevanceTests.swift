import CandidateSelection
import Testing

@Suite struct MaximalMarginalRelevanceTests {
  /// By definition, over the whole list so far at every step.
  static func slow(_ items: Similarities, tradeOff: Double, length: Int) -> [Int] {
    var list: [Int] = []
    for _ in 0..<length {
      let open = items.byRelevance.filter { !list.contains($0) }
      func gain(_ i: Int) -> Double {
        let nearest = list.map { items.between(i, $0) }.max() ?? 0
        return tradeOff * items.relevance[i] - (1 - tradeOff) * nearest
      }
      let highest = open.map(gain).max()
      list += open.filter { gain($0) == highest }.prefix(1)
    }
    return list
  }

  @Test(arguments: 1...20 as ClosedRange<UInt64>)
  func listsAgreeWithTheDefinition(seed: UInt64) {
    let items = Similarities(items: 15, dimensions: 4, seed: seed, copies: 3)
    for tradeOff in [0, 0.2, 0.5, 0.9, 1] {
      for length in [0, 1, 6, 15] {
        let list = maximalMarginalRelevance(
          relevance: items.relevance, similarity: items.between, tradeOff: tradeOff,
          length: length)
        #expect(list == Self.slow(items, tradeOff: tradeOff, length: length))
      }
    }
  }

  @Test func aHandExample() {
    // 0 and 1 are alike. At 0.5: 0 first (0.5); then 1 has 0.45 - 0.5, 2 has 0.2 - 0.
    let like: (Int, Int) -> Double = { $0 + $1 == 1 ? 1 : 0 }
    let relevance = [1, 0.9, 0.4]
    func list(_ tradeOff: Double) -> [Int] {
      maximalMarginalRelevance(
        relevance: relevance, similarity: like, tradeOff: tradeOff, length: 3)
    }
    #expect(list(0.5) == [0, 2, 1])
    #expect(list(0.9) == [0, 1, 2])
    #expect(list(1) == [0, 1, 2])
    #expect(list(0) == [0, 2, 1])
  }

  @Test func theDefinitionWithAnotherTradeOffDisagrees() {
    let differing = (1...20 as ClosedRange<UInt64>).count { seed in
      let items = Similarities(items: 14, dimensions: 8, seed: seed)
      let list = maximalMarginalRelevance(
        relevance: items.relevance, similarity: items.between, tradeOff: 0.5, length: 6)
      return list != Self.slow(items, tradeOff: 0.6, length: 6)
    }
    #expect(differing >= 10)
  }

  @Test(arguments: 1...5 as ClosedRange<UInt64>)
  func oneIsRelevanceAlone(seed: UInt64) {
    let items = Similarities(items: 20, dimensions: 3, seed: seed, copies: 5)
    let list = maximalMarginalRelevance(
      relevance: items.relevance, similarity: items.between, tradeOff: 1, length: 20)
    #expect(list == items.byRelevance)
  }

  @Test func tiesGoToRelevanceThenIndex() {
    let list = maximalMarginalRelevance(
      relevance: [1, 3, 2, 3], similarity: { _, _ in 0.5 }, tradeOff: 0, length: 4)
    #expect(list == [1, 3, 2, 0])
  }

  @Test func misusesStopTheProgram() async {
    await #expect(processExitsWith: .failure) {
      _ = maximalMarginalRelevance(
        relevance: [1], similarity: { _, _ in 0 }, tradeOff: 1.1, length: 1)
    }
    await #expect(processExitsWith: .failure) {
      _ = maximalMarginalRelevance(
        relevance: [.nan], similarity: { _, _ in 0 }, tradeOff: 1, length: 1)
    }
    await #expect(processExitsWith: .failure) {
      _ = maximalMarginalRelevance(
        relevance: [1], similarity: { _, _ in 0 }, tradeOff: 1, length: 2)
    }
  }
}
