import ListSearch
import RandomStreams
import Testing

@Suite struct AdaptiveBeamTests {
  /// Rewards in which an item counts by its place and by the item above it.
  private struct Rewards {
    let single: [Double]
    let pairs: [[Double]]

    init(seed: UInt64, count: Int, shift: Double = 0) {
      var stream = RandomStream(seed: seed, "beam rewards")
      single = (0..<count).map { _ in stream.uniform() + shift }
      pairs = (0..<count).map { _ in (0..<count).map { _ in 0.5 * stream.normal() } }
    }

    func gain(_ item: Int, after list: [Int]) -> Double {
      single[item] / Double(1 + list.count) + (list.last.map { pairs[$0][item] } ?? 0)
    }

    func total(_ list: [Int]) -> Double {
      list.indices.reduce(0) { $0 + gain(list[$1], after: Array(list[..<$1])) }
    }

    func search(_ beam: AdaptiveBeam, length: Int) -> AdaptiveBeam.Outcome {
      beam.search(
        length: length, start: 0,
        expand: { entries in
          entries.map { entry in
            single.indices.filter { !entry.items.contains($0) }
              .map { ($0, gain($0, after: entry.items)) }
          }
        }, advance: { _, entry, _ in entry.state + 1 })
    }
  }

  @Test(arguments: 1...8 as ClosedRange<UInt64>) func aBeamOfAllListsFindsTheBest(seed: UInt64) {
    let rewards = Rewards(seed: seed, count: 6)
    let found = rewards.search(AdaptiveBeam(width: 1000, decided: 4), length: 4)
    let best = exhaustiveLists(6, 4).map { rewards.total($0) }.max() ?? 0
    #expect(abs(found.score - best) < 1e-12 && abs(rewards.total(found.items) - best) < 1e-12)
    #expect(found.searched == 4)
  }

  @Test func aWidthOfOneIsGreedyAndStopsAtOnce() {
    let rewards = Rewards(seed: 3, count: 8)
    let found = rewards.search(AdaptiveBeam(width: 1, decided: 1), length: 5)
    #expect(found.searched == 1 && found.items.count == 5 && found.continuations == 8)
    #expect(
      found.items[0] == rewards.single.indices.max { rewards.single[$0] < rewards.single[$1] })
    #expect(Set(found.items).count == 5)
  }

  /// The first place does not change by what a search that goes on would find.
  @Test(arguments: 1...20 as ClosedRange<UInt64>) func whatIsDecidedStays(seed: UInt64) {
    let rewards = Rewards(seed: seed, count: 8)
    let early = rewards.search(AdaptiveBeam(width: 4, decided: 1), length: 6)
    let whole = rewards.search(AdaptiveBeam(width: 4, decided: 6), length: 6)
    #expect(early.items[0] == whole.items[0])
    #expect(early.searched <= whole.searched && early.continuations <= whole.continuations)
  }

  @Test func alikeRewardsEndIt() {
    let rewards = Rewards(seed: 2, count: 8)
    let loose = rewards.search(AdaptiveBeam(width: 4, decided: 1, stability: 0), length: 6)
    let firm = rewards.search(AdaptiveBeam(width: 4, decided: 1, stability: 1), length: 6)
    #expect(loose.searched < firm.searched)
    #expect(
      rewards.search(AdaptiveBeam(width: 4, decided: 6, steps: 2), length: 6).searched == 6)
  }

  /// Rewards below 0 have a stability, too: a search of twice as good lists is as long.
  @Test func rewardsOfAnySignHaveAStability() {
    for shift in [-3.0, 0, 3] {
      let rewards = Rewards(seed: 4, count: 8, shift: shift)
      let found = rewards.search(AdaptiveBeam(width: 4, decided: 1, stability: 0.5), length: 6)
      #expect((1...6).contains(found.searched) && Set(found.items).count == 6)
    }
  }

  private func exhaustiveLists(_ count: Int, _ length: Int) -> [[Int]] {
    (0..<length).reduce([[]]) { lists, _ in
      lists.flatMap { list in (0..<count).filter { !list.contains($0) }.map { list + [$0] } }
    }
  }
}
