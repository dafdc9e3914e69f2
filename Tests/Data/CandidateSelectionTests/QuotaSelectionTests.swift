import CandidateSelection
import RandomStreams
import Testing

/// A small selection that can be counted out.
private struct Instance {
  var scores: [Double]
  var left: QuotaPartition
  var right: QuotaPartition
  var keep: Int
  var compulsory: [Int]

  /// Quotas and score of a selection, lower is better: what `quotaSelection` says it is ordered by.
  func cost(of kept: [Int]) -> (quotas: [Int], score: Double) {
    let sides = [left, right]
    return (
      [
        -kept.count { compulsory.contains($0) },
        sides.reduce(0) { $0 + $1.excess(of: kept).reduce(0, +) },
        sides.reduce(0) { $0 + $1.lacking(of: kept).reduce(0, +) },
      ], -kept.reduce(0) { $0 + scores[$1] }
    )
  }

  /// The lowest cost of all selections of `keep` items.
  var lowest: (quotas: [Int], score: Double) {
    var best: (quotas: [Int], score: Double) = ([.max], 0)
    var chosen = Array(0..<keep)
    while true {
      let cost = cost(of: chosen)
      if cost.quotas.lexicographicallyPrecedes(best.quotas)
        || (cost.quotas == best.quotas && cost.score < best.score)
      {
        best = cost
      }
      guard let last = chosen.indices.last(where: { chosen[$0] < scores.count - keep + $0 }) else {
        return best
      }
      chosen[last] += 1
      for place in chosen.indices.dropFirst(last + 1) { chosen[place] = chosen[place - 1] + 1 }
    }
  }

  func isBest(_ kept: [Int]) -> Bool {
    let (own, lowest) = (cost(of: kept), lowest)
    return kept.count == keep && own.quotas == lowest.quotas && abs(own.score - lowest.score) < 1e-9
  }
}

extension Instance {
  /// - Parameters:
  ///   - floors: of how many of the two partitions groups have floors.
  ///   - isHeld: whether some items have to be kept.
  init(_ random: inout RandomStream, floors: Int, isHeld: Bool) {
    let count = 4 + random.below(9)
    keep = 1 + random.below(count - 1)
    // Whole hundredths: equal scores are usual, and sums of other items are told apart by far.
    scores = (0..<count).map { _ in Double(random.below(101)) / 100 }
    func partition(_ groups: Int, hasFloors: Bool) -> QuotaPartition {
      let caps = (0..<groups).map { _ in 1 + random.below(4) }
      return QuotaPartition(
        groups: (0..<count).map { _ in random.below(groups) }, caps: caps,
        floors: caps.map { hasFloors ? random.below(min($0, 3) + 1) : 0 })
    }
    left = partition(1 + random.below(4), hasFloors: floors > 0)
    right = partition(1 + random.below(5), hasFloors: floors > 1)
    compulsory =
      isHeld ? Array(random.permutation(count).prefix(random.below(min(keep, 2) + 1))) : []
  }
}

@Suite struct QuotaSelectionTests {
  /// 1,000 instances: 50 for each seed.
  private static func instances(_ seed: UInt64) -> [Instance] {
    (0..<50).map { number in
      var random = RandomStream(seed: seed, "quotas", step: UInt64(number))
      return Instance(&random, floors: number % 3, isHeld: number % 4 == 3)
    }
  }

  @Test(arguments: 1...20 as ClosedRange<UInt64>)
  func selectionsAreTheBestOfAll(seed: UInt64) {
    for one in Self.instances(seed) {
      let kept = quotaSelection(
        scores: one.scores, left: one.left, right: one.right, keep: one.keep,
        compulsory: one.compulsory)
      #expect(one.isBest(kept))
      #expect(kept == kept.sorted())
    }
  }

  @Test func theGreedySelectionIsOftenNotTheBest() {
    let worse = (1...20 as ClosedRange<UInt64>).flatMap(Self.instances).count { one in
      !one.isBest(
        greedySelection(
          scores: one.scores, left: one.left, right: one.right, keep: one.keep,
          compulsory: one.compulsory))
    }
    #expect(worse > 50)
  }

  @Test(arguments: 1...20 as ClosedRange<UInt64>)
  func oneFamilyOfCapsIsMetGreedily(seed: UInt64) {
    var random = RandomStream(seed: seed, "one family")
    let scores = (0..<200).map { _ in random.uniform() }
    let groups = (0..<200).map { _ in random.below(8) }
    let left = QuotaPartition(groups: groups, cap: 9, floor: 3)
    let right = QuotaPartition(unlimited: 200)
    #expect(
      quotaSelection(scores: scores, left: left, right: right, keep: 50)
        == greedySelection(scores: scores, left: left, right: right, keep: 50))
  }

  @Test func aHandExampleInWhichGreedyLoses() {
    // The best item is alone in its type but takes the place of two of its seller.
    let left = QuotaPartition(groups: [0, 0, 1], cap: 1, floor: 0)
    let right = QuotaPartition(groups: [0, 1, 0], cap: 1, floor: 0)
    let scores = [1.0, 0.9, 0.8]
    // 0 stands in the way of 1 by type and of 2 by seller.
    #expect(quotaSelection(scores: scores, left: left, right: right, keep: 2) == [1, 2])
    #expect(greedySelection(scores: scores, left: left, right: right, keep: 2) == [0, 1])
  }

  @Test func scoresOfAnyKindAreTaken() {
    let left = QuotaPartition(groups: [0, 0, 1, 1, 1], cap: 2, floor: 0)
    let right = QuotaPartition(unlimited: 5)
    func kept(_ scores: [Double]) -> [Int] {
      quotaSelection(scores: scores, left: left, right: right, keep: 3)
    }
    #expect(kept([.nan, 1, 2, .infinity, -.infinity]) == [1, 2, 3])
    #expect(kept([1e308, -1e308, 0, 0, 0]) == [0, 2, 3])
    #expect(kept([0, 0, 0, 0, 0]) == [0, 1, 2])
    #expect(kept([.nan, .nan, .nan, .nan, .nan]).count == 3)
  }

  @Test func nothingAndEverythingCanBeKept() {
    let side = QuotaPartition(groups: [0, 0, 0], cap: 1, floor: 0)
    #expect(quotaSelection(scores: [1, 2, 3], left: side, right: side, keep: 0) == [])
    #expect(quotaSelection(scores: [1, 2, 3], left: side, right: side, keep: 3) == [0, 1, 2])
    let none = QuotaPartition(unlimited: 0)
    #expect(quotaSelection(scores: [], left: none, right: none, keep: 5) == [])
  }
}
