import Foundation
import RandomStreams
import Statistics
import Testing

@Suite struct AreaUnderCurveTests {
  @Test func matchesAValueWorkedByHand() {
    // Of the 4 pairs: 0.9 > 0.5, 0.9 > 0.1, 0.4 < 0.5, 0.4 > 0.1.
    #expect(areaUnderCurve(scores: [0.9, 0.5, 0.4, 0.1], labels: [1, 0, 1, 0]) == 0.75)
  }

  @Test func separatedReversedAndConstantScores() {
    #expect(areaUnderCurve(scores: [3, 2, 1], labels: [1, 0, 0]) == 1)
    #expect(areaUnderCurve(scores: [1, 2, 3], labels: [1, 0, 0]) == 0)
    #expect(areaUnderCurve(scores: [5, 5, 5], labels: [1, 0, 0]) == 0.5)
    #expect(areaUnderCurve(scores: [.infinity, 0, -.infinity], labels: [1, 0, 0]) == 1)
  }

  @Test func oneClassOrNaNIsUndefined() {
    #expect(areaUnderCurve(scores: [1, 2], labels: [1, 1]) == nil)
    #expect(areaUnderCurve(scores: [1, 2], labels: [0, 0]) == nil)
    #expect(areaUnderCurve(scores: [], labels: []) == nil)
    #expect(areaUnderCurve(scores: [.nan, 2], labels: [0, 1]) == nil)
  }

  @Test func maskedEntriesAreNeverRead() {
    let masked = areaUnderCurve(
      scores: [0.9, .nan, 0.5, 0.4, 0.1], labels: [1, 1, 0, 1, 0],
      mask: [true, false, true, true, true])
    #expect(masked == 0.75)
  }

  @Test(arguments: 1...6 as ClosedRange<UInt64>)
  func agreesWithCountingAllPairs(seed: UInt64) throws {
    var random = RandomStream(seed: seed, "auc")
    let scores = (0..<80).map { _ in Double(random.below(12)) }
    let labels = scores.map { random.uniform() < 0.1 + $0 / 20 ? 1.0 : 0.0 }
    var wins = 0.0
    var pairs = 0.0
    for i in 0..<80 where labels[i] == 1 {
      for j in 0..<80 where labels[j] == 0 {
        pairs += 1
        wins += scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0
      }
    }
    let area = try #require(areaUnderCurve(scores: scores, labels: labels))
    #expect(abs(area - wins / pairs) < 1e-12)
    #expect(areaUnderCurve(scores: scores.map { exp($0) }, labels: labels) == area)
  }
}
