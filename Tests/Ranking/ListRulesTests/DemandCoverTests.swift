import ListRules
import RandomStreams
import Testing

@Suite struct DemandCoverTests {
  /// Tries every set of items.
  static func slow(_ items: [UInt32], _ open: [Int]) -> Int {
    (0..<1 << items.count).filter { chosen in
      open.indices.allSatisfy { demand in
        items.indices.count { chosen & 1 << $0 != 0 && items[$0] & 1 << demand != 0 }
          >= open[demand]
      }
    }.map(\.nonzeroBitCount).min() ?? DemandCover.unattainable
  }

  @Test(arguments: 0..<300 as Range<UInt64>)
  func theFewestItemsAreFound(seed: UInt64) {
    var random = RandomStream(seed: seed, "cover")
    let demands = 1 + random.below(5)
    let items = (0..<9).map { _ in UInt32(random.below(1 << demands)) }
    let open = (0..<demands).map { _ in random.below(4) }
    var cover = DemandCover()
    for item in items { cover.add(item) }
    #expect(cover.fewest(for: open) == Self.slow(items, open))
    // And after one of them is placed, which the next question does not know of.
    let rest = open.indices.map { items[0] & 1 << $0 != 0 ? max(open[$0] - 1, 0) : open[$0] }
    #expect(
      cover.fewest(for: open, after: items[0]) == Self.slow(Array(items.dropFirst()), rest))
    #expect(cover.fewest(for: open) == Self.slow(items, open))
  }

  /// The item that meets most leads to three items, the others to two.
  @Test func meetingMostFirstIsNotAlwaysBest() {
    var cover = DemandCover()
    for item in [0b001111, 0b010011, 0b101100, 0b010000, 0b100000] as [UInt32] { cover.add(item) }
    #expect(cover.fewest(for: [1, 1, 1, 1, 1, 1]) == 2)
  }

  @Test func whatCannotBeMetIsUnattainable() {
    var cover = DemandCover()
    cover.add(0b01)
    #expect(cover.fewest(for: [2]) == DemandCover.unattainable)
    #expect(cover.fewest(for: [1]) == 1)
    #expect(cover.fewest(for: [0, 0]) == 0)
  }
}
