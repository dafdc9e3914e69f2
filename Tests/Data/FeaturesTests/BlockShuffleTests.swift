import Features
import Testing

@Suite struct BlockShuffleTests {
  @Test(arguments: [0, 1, 5, 16, 17, 1000], 0..<3 as Range<UInt64>)
  func everyIndexOccursOnce(count: Int, seed: UInt64) {
    for epoch in 0..<3 {
      let order = Array(
        BlockShuffle(count: count, blockSize: 16, windowBlocks: 4, seed: seed, epoch: epoch))
      #expect(order.count == count && order.sorted() == Array(0..<count))
    }
  }

  @Test func theOrderFollowsFromSeedAndEpoch() {
    func order(_ seed: UInt64, _ epoch: Int) -> [Int] {
      Array(BlockShuffle(count: 500, blockSize: 16, seed: seed, epoch: epoch))
    }
    #expect(order(1, 2) == order(1, 2))
    #expect(order(1, 2) != order(1, 3))
    #expect(order(1, 2) != order(2, 2))
  }

  @Test(arguments: 0..<5 as Range<UInt64>)
  func aWindowTouchesOnlyItsBlocks(seed: UInt64) {
    let shuffle = BlockShuffle(count: 1000, blockSize: 16, windowBlocks: 4, seed: seed, epoch: 0)
    var seen: Set<Int> = []
    for window in 0..<shuffle.windowCount {
      let blocks = Set(shuffle.window(window).map { $0 / 16 })
      #expect(blocks.count <= 4 && seen.isDisjoint(with: blocks))
      seen.formUnion(blocks)
    }
    #expect(seen.count == 63)
  }

  @Test func itemsOfDifferentBlocksMix() {
    let shuffle = BlockShuffle(count: 1024, blockSize: 16, windowBlocks: 8, seed: 1, epoch: 0)
    let blocks = Set(shuffle.prefix(16).map { $0 / 16 })
    #expect(blocks.count >= 4)
  }
}
