import Foundation
import RandomStreams
import Statistics
import Testing

@Suite struct CorrelationTests {
  @Test func matchValuesWorkedByHand() throws {
    // Centred: (-1, 0, 1) and (-1, 1, 0); 1 / 2.
    #expect(abs(try #require(pearson([1, 2, 3], [1, 3, 2])) - 0.5) < 1e-12)
    // 1 - 6 * (0 + 1 + 1) / (3 * 8)
    #expect(abs(try #require(spearman([1, 2, 3], [10, 30, 20])) - 0.5) < 1e-12)
    #expect(meanRanks([7, 3, 7, 1]) == [3.5, 2, 3.5, 1])
  }

  @Test func extremes() {
    #expect(pearson([1, 2, 3], [2, 4, 6]) == 1)
    #expect(pearson([1, 2, 3], [6, 4, 2]) == -1)
    #expect(spearman([1, 2, 3, 4], [1, 10, 100, 1e9]) == 1)
    #expect(spearman([1, 2, 3, 4], [0, -1, -20, -300]) == -1)
  }

  @Test func constantShortOrNaNInputsAreUndefined() {
    #expect(pearson([0.1, 0.1, 0.1], [1, 2, 3]) == nil)
    #expect(spearman([1, 2, 3], [0.1, 0.1, 0.1]) == nil)
    #expect(pearson([1], [1]) == nil)
    #expect(spearman([], []) == nil)
    #expect(pearson([1, 2, .nan], [1, 2, 3]) == nil)
    #expect(spearman([1, 2, .nan], [1, 2, 3]) == nil)
    #expect(pearson([1, 2, .infinity], [1, 2, 3]) == nil)
  }

  @Test(arguments: 1...6 as ClosedRange<UInt64>)
  func agreeWithSlowDefinitions(seed: UInt64) throws {
    var random = RandomStream(seed: seed, "correlation")
    let x = (0..<40).map { _ in Double(random.below(15)) }
    let y = x.map { $0 + 5 * random.normal() }.map { $0.rounded() }
    let n = 40.0
    let sx = x.reduce(0, +)
    let sy = y.reduce(0, +)
    let sxy = zip(x, y).reduce(0) { $0 + $1.0 * $1.1 }
    let sxx = x.reduce(0) { $0 + $1 * $1 }
    let syy = y.reduce(0) { $0 + $1 * $1 }
    let slow = (n * sxy - sx * sy) / ((n * sxx - sx * sx) * (n * syy - sy * sy)).squareRoot()
    #expect(abs(try #require(pearson(x, y)) - slow) < 1e-12)

    // A rank is 1 + the number of smaller values + half the number of other equal ones.
    let slowRanks = { (v: [Double]) -> [Double] in
      v.map { a in
        1 + Double(v.count { $0 < a }) + Double(v.count { $0 == a } - 1) / 2
      }
    }
    #expect(meanRanks(x) == slowRanks(x))
    #expect(spearman(x, y) == pearson(slowRanks(x), slowRanks(y)))
    #expect(spearman(x, y) == spearman(x.map { exp($0) }, y))
  }
}
