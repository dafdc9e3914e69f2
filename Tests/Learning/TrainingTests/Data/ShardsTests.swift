import Testing
import Training

@Suite struct ShardsTests {
  @Test(arguments: [(10, 4), (3, 4), (1, 1), (64, 5), (4, 4)])
  func partsAreContiguousCoverAllAndDifferByOneAtMost(count: Int, shards: Int) {
    let ranges = Shards.ranges(count, shards)
    #expect(ranges.count == min(count, shards))
    #expect(ranges.flatMap { Array($0) } == Array(0..<count))
    let sizes = ranges.map(\.count)
    #expect((sizes.max() ?? 0) - (sizes.min() ?? 0) <= 1)
  }
}
