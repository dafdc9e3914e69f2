import RandomStreams

/// An order of the indices 0..<count for one epoch that keeps reading by blocks cheap.
///
/// Blocks are permuted, then the items within each window of a few blocks: neighbours in the log
/// come apart, while only one window of blocks need be in memory at a time. Every index occurs
/// exactly once; the same seed and epoch give the same order.
package struct BlockShuffle: Sequence, Sendable {
  package let count: Int
  package let blockSize: Int
  package let windowBlocks: Int
  private let seed: UInt64
  private let epoch: Int
  private let blocks: [Int]

  /// - Parameters:
  ///   - blockSize: of the cache.
  ///   - windowBlocks: blocks whose items are mixed; no more than the cache keeps in memory.
  package init(
    count: Int, blockSize: Int = SessionCacheWriter.defaultBlockSize, windowBlocks: Int = 8,
    seed: UInt64, epoch: Int
  ) {
    precondition(
      count >= 0 && blockSize > 0 && windowBlocks > 0 && epoch >= 0,
      "count \(count), blockSize \(blockSize), windowBlocks \(windowBlocks), epoch \(epoch)")
    self.count = count
    self.blockSize = blockSize
    self.windowBlocks = windowBlocks
    self.seed = seed
    self.epoch = epoch
    var stream = RandomStream(seed: seed, "block shuffle", step: UInt64(epoch))
    blocks = stream.permutation((count + blockSize - 1) / blockSize)
  }

  package var windowCount: Int { (blocks.count + windowBlocks - 1) / windowBlocks }

  /// The indices of one window, shuffled.
  package func window(_ window: Int) -> [Int] {
    precondition(window >= 0 && window < windowCount, "window \(window) of \(windowCount)")
    let first = window * windowBlocks
    var items: [Int] = []
    for block in blocks.dropFirst(first).prefix(windowBlocks) {
      items += block * blockSize..<Swift.min((block + 1) * blockSize, count)
    }
    var stream = RandomStream(
      seed: seed, "block shuffle window", step: UInt64(epoch), request: UInt64(window))
    items.shuffle(using: &stream)
    return items
  }

  package struct Iterator: IteratorProtocol, Sendable {
    fileprivate let shuffle: BlockShuffle
    fileprivate var items: [Int] = []
    fileprivate var position = 0
    fileprivate var nextWindow = 0

    package mutating func next() -> Int? {
      while position == items.count {
        guard nextWindow < shuffle.windowCount else { return nil }
        items = shuffle.window(nextWindow)
        nextWindow += 1
        position = 0
      }
      defer { position += 1 }
      return items[position]
    }
  }

  package func makeIterator() -> Iterator { Iterator(shuffle: self) }

  package var underestimatedCount: Int { count }
}
