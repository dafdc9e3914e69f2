import Foundation
import RandomStreams
import Statistics
import Testing

@Suite struct AlphaNDCGTests {
  @Test func matchesAValueWorkedByHand() throws {
    // Gains 2, then 1/2 (subtopic 0 again), then 1; the greedy ideal is 2, 1, 1/2.
    let value = try #require(alphaNDCG([[0, 1], [0], [2]]))
    let second = 1 / log2(3.0)
    #expect(abs(value - (2 + 0.5 * second + 0.5) / (2 + second + 0.25)) < 1e-12)
  }

  @Test func extremes() throws {
    #expect(alphaNDCG([[0, 1], [2], [0]]) == 1)
    #expect(alphaNDCG([[], []]) == nil)
    #expect(alphaNDCG([]) == nil)
    #expect(alphaNDCG([], candidates: [[1]], at: 3) == 0)
    #expect(alphaNDCG([[]], candidates: [[], [1]]) == 0)
    // At alpha = 1 a second item of the only subtopic is worth nothing.
    #expect(alphaNDCG([[4], [4]], alpha: 1, at: 2) == 1)
  }

  @Test func repeatsWithinAnItemAndPaddingCountNothing() {
    let bare = alphaNDCG([[0], [0, 1]], candidates: [[0], [0, 1], [2]])
    let padded = alphaNDCG(
      [[0], [9, 8, 7], [1, 0, 1]], candidates: [[0], [0, 1], [2]], mask: [true, false, true])
    #expect(bare == padded)
  }

  @Test(arguments: 1...6 as ClosedRange<UInt64>)
  func alphaZeroIsNDCGOfTheNumberOfSubtopics(seed: UInt64) throws {
    let items = AlphaNDCGTests.draw(9, seed)
    let gains = items.map { Double($0.count) }
    let value = try #require(
      alphaNDCG(Array(items.prefix(5)), candidates: items, alpha: 0, at: 4))
    #expect(abs(value - (ndcg(Array(gains.prefix(5)), candidates: gains, at: 4) ?? .nan)) < 1e-12)
  }

  @Test(arguments: 1...6 as ClosedRange<UInt64>)
  func agreesWithTheDefinitionAndTheGreedyIdealIsNearTheBest(seed: UInt64) throws {
    let items = AlphaNDCGTests.draw(6, seed)
    var best = 0.0
    var bestValue = 0.0
    for order in orders(of: 6, length: 3) {
      let list = order.map { items[$0] }
      let gain = AlphaNDCGTests.slowGain(list)
      let value = try #require(alphaNDCG(list, candidates: items))
      if gain > best { (best, bestValue) = (gain, value) }
      let other = try #require(alphaNDCG(Array(items.prefix(3)), candidates: items))
      #expect(abs(value * AlphaNDCGTests.slowGain(Array(items.prefix(3))) - other * gain) < 1e-9)
    }
    // Greedy choice of a submodular gain; far better in practice than its bound of 1 - 1/e.
    #expect(bestValue >= 1 - 1e-12 && bestValue < 1.1)
  }

  private static func draw(_ count: Int, _ seed: UInt64) -> [[Int]] {
    var random = RandomStream(seed: seed, "subtopics")
    return (0..<count).map { $0 == 0 ? [0] : (0..<5).filter { _ in random.uniform() < 0.4 } }
  }

  private static func slowGain(_ list: [[Int]]) -> Double {
    var sum = 0.0
    for (r, item) in list.enumerated() {
      for subtopic in item {
        let above = list.prefix(r).count { $0.contains(subtopic) }
        sum += pow(0.5, Double(above)) / log2(Double(r + 2))
      }
    }
    return sum
  }
}
